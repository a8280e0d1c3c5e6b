/// The filter: words that must all be found, or `key:value` for one field.
import { image } from './format.js';
import { taskName } from './store.js';

const SERVICE_FIELDS = {
  service: (service) => service.name,
  stack: (service) => service.stack,
  image: (service) => service.image,
  mode: (service) => service.mode,
};
const NODE_FIELDS = {
  node: (node) => node.name,
  role: (node) => (node.leader ? `${node.role} leader` : node.role),
  address: (node) => node.address,
};

export class Filter {
  words = [];

  constructor(app) {
    this.app = app;
  }

  /// Takes what was typed; returns whether it differs.
  set(typed) {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const differs = words.join(' ') !== this.words.join(' ');
    this.words = words;
    return differs;
  }

  get active() {
    return this.words.length > 0;
  }

  /// A service is listed if it matches by itself, or one of its tasks does.
  service(service) {
    return !this.active || this.#all(this.#serviceText(service), service, SERVICE_FIELDS) || this.app.store.tasksIn(service.id).some((task) => this.task(task));
  }

  task(task) {
    if (!this.active) {
      return true;
    }
    const service = this.app.store.get('service', task.service);
    const node = this.app.store.get('node', task.node);
    const written = `${taskName(task, service)} ${task.id} ${task.state} ${task.error ?? ''} ${task.health ?? ''} ${task.image ?? ''} ${service ? this.#serviceText(service) : ''} ${node ? this.#nodeText(node) : ''}`.toLowerCase();
    return this.words.every((word) => {
      const [key, value] = pair(word);
      const read = { state: () => task.state, health: () => task.health, ...bound(SERVICE_FIELDS, service), ...bound(NODE_FIELDS, node) }[key];
      return read ? String(read() ?? '').toLowerCase().includes(value) : written.includes(word);
    });
  }

  /// A node itself matches, whatever runs on it.
  node(node) {
    return !this.active || this.#all(this.#nodeText(node), node, { ...NODE_FIELDS, state: (it) => `${it.state} ${it.availability}` });
  }

  line(written) {
    const plain = written.toLowerCase();
    return this.words.every((word) => plain.includes(pair(word)[1] || word));
  }

  #all(written, thing, fields) {
    const plain = written.toLowerCase();
    return this.words.every((word) => {
      const [key, value] = pair(word);
      return fields[key] ? String(fields[key](thing) ?? '').toLowerCase().includes(value) : plain.includes(word);
    });
  }

  #serviceText(service) {
    return `${service.name} ${service.stack ?? ''} ${image(service.image)} ${service.mode} ${service.paused ? 'paused' : ''}`;
  }

  #nodeText(node) {
    return `${node.name} ${node.role} ${node.address ?? ''} ${node.state} ${node.availability}`;
  }
}

function pair(word) {
  const colon = word.indexOf(':');
  return colon > 0 ? [word.slice(0, colon), word.slice(colon + 1)] : ['', ''];
}

function bound(fields, thing) {
  return thing ? Object.fromEntries(Object.entries(fields).map(([key, read]) => [key, () => read(thing)])) : {};
}
