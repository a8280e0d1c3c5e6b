/// Why a figure is what it is: formulas with the present numbers.
import { bytes, clock, cores, known, latency, NONE, number, percent, plural, promise, span, whole } from './format.js';

const n = (value) => number(value);

/// The figures of the strip.
export const ofCluster = {
  promises: (store) => {
    const promised = store.list('service').filter((service) => service.promise);
    return {
      title: 'Promises kept',
      formula: 'kept = services whose measured p99 is within their promise',
      numbers: `${whole(store.cluster.promisesKept)} of ${whole(store.cluster.promises)}`,
      note: promised.length
        ? promised.map((service) => `${service.name}: ${service.promise}, now ${latency(service.p99)}${service.kept === false ? ', not kept' : ''}`)
        : 'No service has a promise. Set one with the label weir.slo, such as p99<300ms.',
    };
  },
  arrivals: (store) => {
    const parts = store.list('service').filter((service) => known(service.arrivals));
    return {
      title: 'Arrivals, λ',
      formula: 'λ = Σ λ of each service',
      numbers: parts.length ? `${parts.map((service) => n(service.arrivals)).slice(0, 8).join(' + ')}${parts.length > 8 ? ' + …' : ''} = ${n(store.cluster.arrivals)} /s` : null,
      note: parts.length ? 'Requests that came in per second, counted by the balancers over the last ten seconds.' : 'No balancer reports arrivals.',
    };
  },
  queued: (store) => ({
    title: 'Queue',
    formula: 'queue = Σ requests that wait for a free slot',
    numbers: `${whole(store.cluster.queued)} waiting`,
    note: 'A request waits only when every replica has as many in flight as its limit. Each service has one queue, first come, first served.',
  }),
  replicas: (store) => ({
    title: 'Replicas',
    formula: 'running tasks of desired tasks',
    numbers: `${whole(store.cluster.running)} of ${whole(store.cluster.desired)}`,
    note: 'What Swarm runs now, and what the services ask for.',
  }),
  nodes: (store) => ({
    title: 'Nodes',
    formula: 'ready nodes of all nodes; managers that can be reached of all managers',
    numbers: `${whole(store.cluster.nodesReady)} of ${whole(store.cluster.nodes)}; ${whole(store.cluster.managersReachable)} of ${whole(store.cluster.managers)}`,
    note: quorum(store.cluster),
  }),
  knowledge: (store, now) => ({
    title: 'Age of what is shown',
    formula: 'age = now − last reply of a manager',
    numbers: `${clock(now)} − ${clock(store.cluster.knownAt)} = ${span(now - store.cluster.knownAt)}`,
    note: `Read from ${store.cluster.source ?? 'a manager'}. While it does not respond, the last known picture stays.`,
  }),
};

function quorum(cluster) {
  if (!known(cluster.managers) || cluster.managers === 0) {
    return 'Not known.';
  }
  const needed = Math.floor(cluster.managers / 2) + 1;
  const spare = cluster.managersReachable - needed;
  return `A swarm of ${plural(cluster.managers, 'manager')} needs ${needed} to change anything: ⌊${cluster.managers} ÷ 2⌋ + 1. ${
    spare < 0 ? 'It has lost its quorum.' : spare === 0 ? 'One more lost, and nothing can change.' : `It can lose ${spare}.`
  }`;
}

/// Slots of a service: what its replicas may have in flight together, or null.
export function slots(tasks) {
  const limits = tasks.filter((task) => task.state === 'running').map((task) => task.limit);
  return limits.length && limits.every(known) ? limits.reduce((a, b) => a + b, 0) : null;
}

/// The figures of a service.
export const ofService = {
  arrivals: (service) => ({
    title: `Arrivals of ${service.name}, λ`,
    formula: 'λ = requests ÷ seconds;  L = λ · W',
    numbers: known(service.arrivals) ? `λ = ${n(service.arrivals)} /s${known(service.inFlight) && service.arrivals > 0 ? `;  L = ${n(service.inFlight)} in flight, so W ≈ ${latency(service.inFlight / service.arrivals)}` : ''}` : null,
    note: known(service.arrivals)
      ? [`Burstiness ca² = ${n(service.scv)}: 0 is regular, 1 is random as from many independent users, more is bursty.`, 'Little’s law: requests in flight are the rate times the time each of them stays.']
      : 'No balancer reports arrivals of this service.',
  }),
  latency: (service) => {
    const bound = promise(service.promise);
    return {
      title: `p99 of ${service.name}`,
      formula: bound ? `kept if p${bound.percentile} < ${latency(bound.seconds)}` : 'p99: 99 of 100 responses were faster',
      numbers: known(service.p99) && bound ? `${latency(service.p99)} ${service.p99 < bound.seconds ? '<' : '≥'} ${latency(bound.seconds)}, ${percent(service.p99 / bound.seconds)} of the promise` : latency(service.p99),
      note: [
        `p50 ${latency(service.p50)}; predicted p99 ${latency(service.predicted)}.`,
        known(service.workSeconds) ? `A request alone is ${latency(service.workSeconds)} of work; the rest is waiting.` : null,
      ].filter(Boolean),
    };
  },
  queued: (service) => ({
    title: `Queue of ${service.name}`,
    formula: 'a request waits while in flight = limit at every replica',
    numbers: `${whole(service.queued)} wait, ${whole(service.inFlight)} in flight, ${whole(service.refused)} refused`,
    note: 'One dot is one request. Whichever replica frees a slot first takes the head of the queue.',
  }),
  utilisation: (service, tasks) => {
    const m = slots(tasks);
    const offered = service.arrivals * service.workSeconds;
    return {
      title: `Utilisation of ${service.name}, ρ`,
      formula: 'ρ = λ · S ÷ m',
      numbers: known(offered) && m ? `${n(service.arrivals)} /s · ${latency(service.workSeconds)} ÷ ${whole(m)} slots = ${percent(offered / m)}` : percent(service.utilisation),
      note: 'λ: arrivals, S: work of one request, m: slots of all replicas. Towards 100 % the wait grows without bound.',
    };
  },
  replicas: (service) => ({
    title: `Replicas of ${service.name}`,
    formula: 'wanted = least k whose predicted p99 keeps the promise',
    numbers: `${whole(service.running)} running, ${whole(service.desired)} set, ${whole(service.wanted)} wanted${service.range ? `, within ${service.range}` : ''}`,
    note: [service.why, modeWords(service)].filter(Boolean),
  }),
};

/// Who sets the number of replicas, in words.
export function modeWords(service) {
  if (service.paused) {
    return `The autoscaler is paused${service.paused === true ? '' : `: ${service.paused}`}.`;
  }
  if (service.scaleMode === 'act') {
    return `The autoscaler sets the number${service.scaledBy ? ` (${service.scaledBy})` : ''}.`;
  }
  return service.scaleMode === 'advise' ? 'The autoscaler only advises; label weir.scale.mode=act lets it act.' : null;
}

/// The meters of a node.
export const ofNode = {
  cpu: (node) => ({
    title: `CPU of ${node.name}`,
    formula: 'used and reserved of all cores',
    numbers: `${cores(node.usedCpus)} used, ${cores(node.reservedCpus)} reserved, ${cores(node.cpus)} cores${known(node.usedCpus) && node.cpus ? ` = ${percent(node.usedCpus / node.cpus)}` : ''}`,
    note: usageWords(node),
  }),
  memory: (node) => ({
    title: `Memory of ${node.name}`,
    formula: 'used and reserved of all memory',
    numbers: `${bytes(node.usedMemory)} used, ${bytes(node.reservedMemory)} reserved, ${bytes(node.memory)}${known(node.usedMemory) && node.memory ? ` = ${percent(node.usedMemory / node.memory)}` : ''}`,
    note: usageWords(node),
  }),
};

function usageWords(node) {
  const reserved = 'Reserved is what the services of its tasks ask Swarm to keep free for them.';
  return [known(node.usageAge) ? `Measured ${node.usageAge < 10 ? 'within the last 10 s' : `${span(node.usageAge * 1000)} ago`} by the agent on this node.` : `Use is not known: no agent or cAdvisor responds on this node (${NONE}).`, reserved];
}
