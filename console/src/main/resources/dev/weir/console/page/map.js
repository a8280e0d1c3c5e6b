/// The map: a card or a row per node, a tile per task, in an order that never changes by itself.
import { $, arrange, attribute, classes, h, Kept, property, say, text } from './dom.js';
import { ofNode } from './explain.js';
import { byName, bytes, bytesOf, clock, cores, known, NONE, plural, span } from './format.js';
import { lookOf, shortName } from './palette.js';
import { ended, look, taskName } from './store.js';
import { Roving, Tip } from './tiles.js';
import { whyOf } from './why.js';

const ROWS_ABOVE = 60;
const DENSE_ABOVE = 160;
const DENSE_BELOW = 120;
const NOWHERE = '';
const WAITING = { id: NOWHERE, name: 'No node yet', state: 'none' };

/// All of a task that decides where its tile is.
const placeOf = (task) => `${task.node ?? NOWHERE} ${task.service} ${task.slot} ${task.createdAt} ${ended(task)}`;

export class NodeMap {
  #cards = new Kept((id) => this.#makeCard(id));
  #tiles = new Kept((id) => this.#makeTile(id));
  #folded = new Set();
  #form = null;
  #dense = false;
  #order = '';
  #names = '';
  #sorted = [];

  constructor(app) {
    this.app = app;
    const nodes = $('nodes');
    this.roving = new Roving(nodes);
    this.tip = new Tip(nodes, (id) => this.#tipOf(id));
    nodes.addEventListener('click', (event) => {
      const tile = event.target.closest('.tile');
      const fold = event.target.closest('.fold');
      if (tile) {
        app.open('task', tile.dataset.id);
      } else if (fold) {
        this.#fold(fold.closest('.node').dataset.id);
      }
    });
    $('map-form').addEventListener('click', () => this.turn());
    $('map-fold').addEventListener('click', () => this.foldAll());
  }

  /// Cards or rows; by itself rows above 60 nodes.
  turn() {
    this.#form = this.#rows() ? 'cards' : 'rows';
    this.#shape();
    say(this.#rows() ? 'Nodes as a table' : 'Nodes as cards');
  }

  foldAll() {
    const ids = this.#nodes().map((node) => node.id);
    const all = ids.every((id) => this.#folded.has(id));
    this.#folded = new Set(all ? [] : ids);
    ids.forEach((id) => this.#showFold(id));
    this.#shape();
  }

  #fold(id) {
    if (!this.#folded.delete(id)) {
      this.#folded.add(id);
    }
    this.#showFold(id);
    this.#shape();
  }

  #rows() {
    return this.#form ? this.#form === 'rows' : this.app.store.kinds.node.size > ROWS_ABOVE;
  }

  #nodes() {
    const { node } = this.app.store.kinds;
    const ids = [...node.keys()];
    const names = ids.map((id) => `${id} ${node.get(id).name}`).join('\n');
    if (names !== this.#names) {
      this.#names = names;
      this.#sorted = ids.sort((a, b) => byName(String(node.get(a).name), String(node.get(b).name)) || (a < b ? -1 : 1));
    }
    const nodes = this.#sorted.map((id) => node.get(id));
    const waiting = this.app.store.tasksOn(NOWHERE).some((task) => !ended(task));
    return waiting ? [...nodes, WAITING] : nodes;
  }

  /// Redraws what is in `touched`, or all.
  update(touched) {
    const { store } = this.app;
    const nodes = this.#nodes();
    this.#shape(nodes);
    for (const node of nodes) {
      if (!this.#cards.has(node.id) || touched === null || touched.has(`node/${node.id}`)) {
        this.#fillCard(this.#cards.get(node.id), node);
      }
    }
    const stale = this.#stale(touched);
    for (const node of nodes) {
      if (stale === null || stale.has(node.id)) {
        this.#place(node, touched);
      }
    }
    const order = nodes.map((node) => node.id).join(' ');
    if (order !== this.#order) {
      this.#order = order;
      arrange($('nodes'), nodes.map((node) => this.#cards.get(node.id).card));
    }
    this.#cards.keep(new Set(nodes.map((node) => node.id)));
    this.#tiles.keep(new Set(store.kinds.task.keys()));
    this.filter(touched);
  }

  /// Redraws tiles that stay in their place; returns the nodes whose tiles come, go or move.
  #stale(touched) {
    if (touched === null) {
      return null;
    }
    const { store } = this.app;
    const stale = new Set();
    for (const key of touched) {
      if (key.startsWith('task/')) {
        const id = key.slice(5);
        const tile = this.#tiles.peek(id);
        const task = store.get('task', id);
        const home = task?.node ?? NOWHERE;
        if (tile && task && tile.place === placeOf(task)) {
          this.#fillTile(tile, task, store.get('node', home) ?? WAITING);
        } else {
          stale.add(home);
          stale.add(tile?.node ?? home);
        }
      } else if (key.startsWith('node/')) {
        stale.add(key.slice(5));
      }
    }
    return stale;
  }

  /// The tiles of a node: what runs in the order of service and slot, then what has ended.
  #place(node, touched) {
    const part = this.#cards.get(node.id);
    const { store } = this.app;
    const tasks = store.tasksOn(node.id);
    const sorted = tasks.map((task) => ({ task, end: ended(task), name: String(store.get('service', task.service)?.name ?? task.service) }));
    sorted.sort((a, b) => a.end - b.end || byName(a.name, b.name) || (a.task.slot ?? 0) - (b.task.slot ?? 0) || (a.task.createdAt ?? 0) - (b.task.createdAt ?? 0) || (a.task.id < b.task.id ? -1 : 1));
    for (const { task } of sorted) {
      const fresh = !this.#tiles.has(task.id);
      const tile = this.#tiles.get(task.id);
      tile.node = node.id;
      tile.place = placeOf(task);
      if (fresh || touched === null || touched.has(`task/${task.id}`) || touched.has(`node/${node.id}`)) {
        this.#fillTile(tile, task, node);
      }
    }
    const order = sorted.map(({ task }) => task.id).join(' ');
    if (part.order !== order) {
      part.order = order;
      arrange(part.tiles, sorted.map(({ task }) => this.#tiles.get(task.id).tile));
      attribute(part.none, 'hidden', sorted.length ? '' : null);
      attribute(part.tiles, 'hidden', sorted.length ? null : '');
    }
    const running = sorted.filter(({ end }) => !end).length;
    text(part.tally, node.state === 'none' ? plural(running, 'task') : part.words);
  }

  /// Fades what the filter does not want. Cards without a match are hidden.
  filter(touched = null) {
    const { filter, store } = this.app;
    const was = this.filtered;
    this.filtered = filter.active;
    if (!filter.active && !was) {
      this.#count();
      return;
    }
    for (const node of this.#nodes()) {
      const part = this.#cards.peek(node.id);
      const whole = filter.active && node.state !== 'none' && filter.node(node);
      let some = whole || !filter.active;
      for (const task of store.tasksOn(node.id)) {
        const match = whole || filter.task(task);
        const tile = this.#tiles.peek(task.id)?.tile;
        tile?.classList.toggle('off', !match);
        tile?.toggleAttribute('inert', !match);
        some ||= match;
      }
      if (part) {
        attribute(part.card, 'hidden', some ? null : '');
      }
    }
    this.#count();
    if (touched === null && filter.active) {
      say(`${plural(this.matches, 'task')} match`);
    }
  }

  #count() {
    const { store, filter } = this.app;
    const tasks = store.list('task').filter((task) => !ended(task));
    this.matches = filter.active ? tasks.filter((task) => filter.task(task)).length : tasks.length;
    text($('map-count'), store.at ? `${plural(store.kinds.node.size, 'node')}, ${filter.active ? `${this.matches} of ` : ''}${plural(tasks.length, 'task')}` : '');
    const empty = $('map-empty');
    attribute(empty, 'hidden', store.kinds.node.size || !store.at ? '' : null);
    text(empty, 'No node is known.');
    this.roving.settle();
  }

  /// Marks the tile of what is open.
  mark(id) {
    $('nodes').querySelector('.tile.open')?.classList.remove('open');
    this.#tiles.peek(id)?.tile.classList.add('open');
  }

  #shape(nodes = this.#nodes()) {
    const tasks = this.app.store.kinds.task.size;
    this.#dense = tasks > (this.#dense ? DENSE_BELOW : DENSE_ABOVE);
    const rows = this.#rows();
    classes($('map'), `panel${rows ? ' rows dense' : this.#dense ? ' dense' : ''}`);
    text($('map-form'), rows ? 'Cards' : 'Table');
    const all = nodes.length > 0 && nodes.every((node) => this.#folded.has(node.id));
    text($('map-fold'), all ? 'Unfold all' : 'Fold all');
  }

  #makeCard(id) {
    const now = () => this.app.store.get('node', id);
    const part = { words: '', name: h('h3'), tally: h('span', { class: 'sub' }), badge: h('span', { class: 'badge', hidden: true }), problem: h('p', { class: 'problem', hidden: true }), tiles: h('div', { class: 'tiles' }), none: h('p', { class: 'none' }, 'No tasks.') };
    part.fold = h('button', { type: 'button', class: 'fold' }, '▾');
    part.cpu = meter('CPU', () => ofNode.cpu(now()));
    part.memory = meter('Memory', () => ofNode.memory(now()));
    part.meters = h('div', { class: 'meters' }, part.cpu.box, part.memory.box);
    part.card = h('div', { class: 'node', role: 'group', 'data-id': id },
      h('div', { class: 'node-head' }, h('div', { class: 'node-name' }, part.fold, h('span', { class: 'state', 'aria-hidden': 'true' }), part.name, part.badge, part.tally), part.problem, part.meters),
      part.tiles, part.none);
    return part;
  }

  #fillCard(part, node) {
    const state = node.state === 'ready' ? (node.availability === 'active' ? 'ready' : 'drain') : node.state === 'none' ? 'none' : 'down';
    attribute(part.card, 'data-state', state);
    text(part.name, node.name);
    attribute(part.name, 'title', node.name);
    part.words = [node.leader ? 'leader' : node.role, node.address].filter(Boolean).join(' · ');
    const word = state === 'down' ? node.state : state === 'drain' ? (node.availability === 'pause' ? 'paused' : 'drains') : '';
    text(part.badge, word);
    classes(part.badge, `badge ${state === 'down' ? 'bad' : 'warn'}`);
    attribute(part.badge, 'hidden', word ? null : '');
    const since = state === 'down' && known(node.downSince) ? `down since ${clock(node.downSince)}` : '';
    const problem = [since, node.problem].filter(Boolean).join(': ');
    text(part.problem, problem);
    attribute(part.problem, 'hidden', problem ? null : '');
    attribute(part.meters, 'hidden', state === 'none' ? '' : null);
    attribute(part.card, 'aria-label', `${node.name}, ${part.words}${word ? `, ${word}` : ''}${problem ? `, ${problem}` : ''}`);
    fillMeter(part.cpu, node.usedCpus, node.reservedCpus, node.cpus, (used, total) => `${cores(used)} of ${cores(total)}`, 'cores');
    fillMeter(part.memory, node.usedMemory, node.reservedMemory, node.memory, bytesOf, '');
    this.#showFold(node.id);
  }

  #showFold(id) {
    const part = this.#cards.peek(id);
    const folded = this.#folded.has(id);
    part?.card.classList.toggle('folded', folded);
    if (part) {
      text(part.fold, folded ? '▸' : '▾');
      attribute(part.fold, 'aria-expanded', String(!folded));
      attribute(part.fold, 'aria-label', `Tasks of ${part.name.textContent}`);
    }
  }

  #makeTile(id) {
    const part = { t: h('span', { class: 't' }), n: h('span', { class: 'n' }), u: h('span', { class: 'u' }) };
    part.tile = h('button', { type: 'button', class: 'tile', tabindex: '-1', 'data-id': id }, part.t, part.n, part.u);
    return part;
  }

  #fillTile(part, task, node) {
    const service = this.app.store.get('service', task.service);
    const style = lookOf(task.service);
    const seen = look(task, node);
    const off = part.tile.classList.contains('off') ? ' off' : '';
    const open = part.tile.classList.contains('open') ? ' open' : '';
    classes(part.tile, `tile ${style.classes}${off}${open}`);
    attribute(part.tile, 'data-look', seen);
    text(part.t, seen === 'fail' ? `✕${style.letters}` : style.letters);
    text(part.n, `${service ? shortName(service) : '?'}${known(task.slot) && task.slot > 0 ? `.${task.slot}` : ''}`);
    text(part.u, seen === 'start' || seen === 'fail' ? task.state : known(task.inFlight) ? `${task.inFlight}${known(task.limit) ? `/${task.limit}` : ''}` : '');
    property(part.tile, '--use', known(task.inFlight) && task.limit > 0 && !ended(task) ? Math.min(100, Math.round((task.inFlight / task.limit) * 100)) : 0);
    attribute(part.tile, 'aria-label', labelOf(task, service, node, seen));
  }

  #tipOf(id) {
    const task = this.app.store.get('task', id);
    if (!task) {
      return null;
    }
    const service = this.app.store.get('service', task.service);
    return [
      taskName(task, service),
      `${task.state}${task.health ? ` · ${task.health}` : ''} for ${span(this.app.now() - task.since)}`,
      known(task.inFlight) ? `${task.inFlight} in flight of ${known(task.limit) ? task.limit : 'no limit'}${task.limitReason ? ` (${task.limitReason})` : ''}` : null,
      known(task.cpu) || known(task.memory) ? `${cores(task.cpu)} cores · ${bytes(task.memory)}` : null,
      task.error,
    ];
  }
}

const LOOKS = { sick: 'gets no requests', drain: 'stopping', lost: 'on a node that is down' };

function labelOf(task, service, node, seen) {
  const use = known(task.inFlight) && !ended(task) ? `, ${task.inFlight}${known(task.limit) ? ` of ${task.limit}` : ''} in flight` : '';
  return `${taskName(task, service)}, ${task.state}${LOOKS[seen] ? `, ${LOOKS[seen]}` : ''}${use}${node?.state !== 'none' && node?.name ? `, on ${node.name}` : ''}${task.error ? `: ${task.error}` : ''}`;
}

function meter(label, explain) {
  const part = { value: h('span'), unit: h('span', { class: 'unit long' }), bar: h('div', { class: 'bar', 'aria-hidden': 'true' }, h('b'), h('i')) };
  part.button = h('button', { type: 'button', class: 'fig' }, label);
  whyOf(part.button, explain);
  part.box = h('div', { class: 'meter' }, h('div', { class: 'row' }, part.button, h('span', { class: 'sub' }, part.value, part.unit)), part.bar);
  return part;
}

function fillMeter(part, used, reserved, total, print, unit) {
  text(part.value, known(total) ? print(used, total) : NONE);
  text(part.unit, known(total) && unit ? ` ${unit}` : '');
  const share = (value) => (known(value) && total > 0 ? Math.min(100, (value / total) * 100).toFixed(1) : 0);
  property(part.bar.lastChild, '--v', share(used));
  property(part.bar.firstChild, '--v', share(reserved));
  classes(part.bar, known(used) && used > total * 0.9 ? 'bar hot' : 'bar');
}
