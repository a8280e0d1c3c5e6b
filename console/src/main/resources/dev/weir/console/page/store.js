/// What the stream has brought, by key, with the indexes that regions need.

const KINDS = ['node', 'service', 'task', 'balancer', 'decision', 'event'];
const RUNNING_STATES = new Set(['new', 'allocated', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting', 'running']);

/// One picture of the swarm. `at` is the instant that it shows, in epoch milliseconds.
export class Store {
  at = 0;
  cluster = {};
  kinds = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
  tasksOfNode = new Map();
  tasksOfService = new Map();

  /// Replaces everything; returns the keys that differ from before.
  snapshot(message) {
    const gone = this.keys().filter((key) => !(key in message.set));
    return this.delta({ t: message.t, set: message.set, del: gone });
  }

  /// Applies a delta; returns the keys that it touched.
  delta(message) {
    this.at = message.t;
    const touched = new Set();
    for (const key of message.del ?? []) {
      this.#remove(key);
      touched.add(key);
    }
    for (const [key, value] of Object.entries(message.set ?? {})) {
      this.#set(key, value);
      touched.add(key);
    }
    return touched;
  }

  keys() {
    const keys = Object.keys(this.cluster).length ? ['cluster'] : [];
    for (const kind of KINDS) {
      for (const id of this.kinds[kind].keys()) {
        keys.push(`${kind}/${id}`);
      }
    }
    return keys;
  }

  list(kind) {
    return [...this.kinds[kind].values()];
  }

  get(kind, id) {
    return this.kinds[kind].get(String(id));
  }

  tasksOn(node) {
    return this.#of(this.tasksOfNode, node);
  }

  tasksIn(service) {
    return this.#of(this.tasksOfService, service);
  }

  #of(index, id) {
    return [...(index.get(id ?? '') ?? [])].map((task) => this.kinds.task.get(task)).filter(Boolean);
  }

  #set(key, value) {
    if (key === 'cluster') {
      this.cluster = value;
      return;
    }
    const [kind, id] = split(key);
    const map = this.kinds[kind];
    if (!map) {
      return;
    }
    const before = map.get(id);
    map.set(id, value);
    if (kind === 'task' && (before?.node !== value.node || before?.service !== value.service)) {
      this.#unindex(id, before);
      put(this.tasksOfNode, value.node ?? '', id);
      put(this.tasksOfService, value.service ?? '', id);
    }
  }

  #remove(key) {
    if (key === 'cluster') {
      this.cluster = {};
      return;
    }
    const [kind, id] = split(key);
    const before = this.kinds[kind]?.get(id);
    this.kinds[kind]?.delete(id);
    if (kind === 'task') {
      this.#unindex(id, before);
    }
  }

  #unindex(id, task) {
    if (task) {
      this.tasksOfNode.get(task.node ?? '')?.delete(id);
      this.tasksOfService.get(task.service ?? '')?.delete(id);
    }
  }
}

function split(key) {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

function put(index, key, id) {
  let set = index.get(key);
  if (!set) {
    index.set(key, (set = new Set()));
  }
  set.add(id);
}

/// Whether the task has ended, in whatever way.
export const ended = (task) => !RUNNING_STATES.has(task.state);

/// Whether the task ended as it should not.
export const failed = (task) => ['failed', 'rejected', 'orphaned'].includes(task.state);

/// `web.3`, or with the start of the node's id for services that run on each node.
export function taskName(task, service) {
  return task.name ?? `${service?.name ?? task.service}.${task.slot ?? ''}`;
}

/// How a task looks: run, start, drain, sick, fail, done or lost.
export function look(task, node) {
  if (failed(task)) {
    return 'fail';
  }
  if (ended(task)) {
    return 'done';
  }
  if (node?.state === 'down' || node?.state === 'disconnected') {
    return 'lost';
  }
  if (task.desired && task.desired !== 'running' && task.desired !== 'ready' && task.desired !== 'complete') {
    return 'drain';
  }
  if (task.state !== 'running') {
    return 'start';
  }
  if (['open', 'half-open', 'probing', 'unhealthy', 'ejected'].includes(task.health)) {
    return 'sick';
  }
  return task.health === 'draining' ? 'drain' : 'run';
}
