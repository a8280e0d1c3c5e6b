/// The rail: tasks that ended in the last minutes with their errors, and what happened and was
/// decided, the newest first.
import { $, arrange, attribute, classes, h, Kept, text } from './dom.js';
import { clock, whole } from './format.js';
import { ended, failed, taskName } from './store.js';

const LINES = 150;
const FORGET = 5 * 60 * 1000;
const CHIPS = [
  ['all', 'All', () => true],
  ['decision', 'Decisions', (line) => line.kind === 'decision'],
  ['bad', 'Problems', (line) => line.kind === 'error' || line.kind === 'warning'],
];

/// The tasks that ended.
export class Ended {
  #lines = new Kept((id) => this.#make(id));

  constructor(app) {
    this.app = app;
  }

  update(touched) {
    if (touched !== null && ![...touched].some((key) => key.startsWith('task/'))) {
      return;
    }
    const { store, filter } = this.app;
    const tasks = store.list('task').filter((task) => ended(task) && filter.task(task) && store.at - (task.since ?? store.at) < FORGET + 60000);
    tasks.sort((a, b) => (b.since ?? 0) - (a.since ?? 0) || (a.id < b.id ? -1 : 1));
    const shown = tasks.slice(0, LINES);
    this.#lines.keep(new Set(shown.map((task) => task.id)));
    arrange($('ended-list'), shown.map((task) => this.#fill(task)));
    attribute($('ended-empty'), 'hidden', shown.length ? '' : null);
    attribute($('ended-list'), 'hidden', shown.length ? null : '');
  }

  #make(id) {
    const part = { time: h('time'), name: h('b'), state: document.createTextNode(''), note: h('span', { class: 'note' }) };
    part.button = h('button', { type: 'button', class: 'line', onclick: () => this.app.open('task', id) }, part.time, h('span', { class: 'what' }, part.name, part.state), part.note);
    part.item = h('li', {}, part.button);
    return part;
  }

  #fill(task) {
    const { store } = this.app;
    const part = this.#lines.get(task.id);
    const node = store.get('node', task.node);
    text(part.time, clock(task.since));
    text(part.name, taskName(task, store.get('service', task.service)));
    part.state.data = ` ${task.state}${node ? ` on ${node.name}` : ''}`;
    text(part.note, [task.error, task.exitCode !== undefined && task.exitCode !== null && !String(task.error ?? '').includes('exit') ? `exit code ${task.exitCode}` : null].filter(Boolean).join(' · '));
    attribute(part.note, 'hidden', part.note.textContent ? null : '');
    classes(part.button, failed(task) ? 'line error' : 'line');
    return part.item;
  }
}

/// Events and decisions.
export class Events {
  #lines = new Kept((key) => this.#make(key));
  #only = 'all';
  #chips = new Map();

  constructor(app) {
    this.app = app;
    for (const [key, label] of CHIPS) {
      const chip = h('button', { type: 'button', class: 'chip', onclick: () => this.#choose(key) }, label);
      this.#chips.set(key, chip);
      $('events-chips').append(chip);
    }
  }

  #choose(key) {
    this.#only = key;
    this.update(null);
  }

  update(touched) {
    if (touched !== null && ![...touched].some((key) => key.startsWith('event/') || key.startsWith('decision/'))) {
      return;
    }
    const { store, filter } = this.app;
    const test = CHIPS.find(([key]) => key === this.#only)[2];
    const lines = [...store.list('event').map((it) => eventLine(it, store)), ...store.list('decision').map((it) => decisionLine(it, store))];
    lines.sort((a, b) => b.at - a.at || b.n - a.n);
    const shown = lines.filter((line) => test(line) && (!filter.active || filter.line(`${line.title} ${line.words} ${line.note ?? ''}`))).slice(0, LINES);
    this.#lines.keep(new Set(shown.map((line) => line.key)));
    arrange($('events-list'), shown.map((line) => this.#fill(line)));
    attribute($('events-empty'), 'hidden', shown.length ? '' : null);
    attribute($('events-list'), 'hidden', shown.length ? null : '');
    text($('events-empty'), lines.length ? 'No event matches.' : 'Nothing happened yet.');
    for (const [key, chip] of this.#chips) {
      attribute(chip, 'aria-pressed', String(key === this.#only));
    }
  }

  #make() {
    const part = { time: h('time'), title: h('b'), words: document.createTextNode(''), note: h('span', { class: 'note' }) };
    part.item = h('li', {}, part.time, h('span', { class: 'what' }, part.title, part.words), part.note);
    return part;
  }

  #fill(line) {
    const part = this.#lines.get(line.key);
    classes(part.item, `line ${line.kind}`);
    text(part.time, clock(line.at));
    text(part.title, line.title);
    part.words.data = line.title && !line.words.startsWith(' ') ? ` ${line.words}` : line.words;
    text(part.note, line.note ?? '');
    attribute(part.note, 'hidden', line.note ? null : '');
    return part.item;
  }
}

/// An event as a line; the name of its subject stands out if the text begins with it.
function eventLine(event, store) {
  const subject = event.subject ?? '';
  const slash = subject.indexOf('/');
  const thing = slash > 0 && store.kinds[subject.slice(0, slash)]?.get(subject.slice(slash + 1));
  const name = thing ? String(thing.name ?? '') : '';
  const words = String(event.text ?? event.kind);
  const starts = name && words.startsWith(name);
  return { key: `event/${event.n}`, n: event.n, at: event.at, kind: event.level, title: starts ? name : '', words: starts ? words.slice(name.length) : words };
}

/// A decision as a line: `web 4 → 6`, and why.
export function decisionLine(decision, store) {
  const service = store.get('service', decision.service);
  const same = decision.from === decision.to;
  const numbers = same ? (decision.done ?? '') : `${whole(decision.from)} → ${whole(decision.to)}${decision.done && decision.done !== true ? ` ${decision.done}` : decision.done === false ? ' advised' : ''}`;
  return { key: `decision/${decision.n}`, n: decision.n, at: decision.at, kind: 'decision', title: service?.name ?? decision.service, words: numbers, note: [decision.why, decision.by ? `by ${decision.by}` : null].filter(Boolean).join(' · ') };
}
