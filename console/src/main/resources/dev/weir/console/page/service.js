/// One service, opened: its queue and slots, charts, what more replicas would give, tasks, decisions.
import { arrange, attribute, classes, h, Kept, property, text } from './dom.js';
import * as api from './api.js';
import { actionsOf } from './actions.js';
import { TimeChart } from './chart.js';
import { Curve } from './curve.js';
import { modeWords, ofService } from './explain.js';
import { bytes, byName, clock, cores, image, known, latency, NONE, number, percent, promise, span, whole } from './format.js';
import { lookOf } from './palette.js';
import { decisionLine } from './rail.js';
import { dots, marksOf } from './services.js';
import { ended, look, taskName } from './store.js';
import { figure } from './why.js';

const STEP = 5000;
const POINTS = 720;
const SLOTS = 32;
const DECISIONS = 60;
const CURVE_EVERY = 10000;

export class ServiceView {
  kind = 'service';
  #charts = [];
  #series = null;
  #slots = new Kept((id) => this.#makeSlots(id));
  #rows = new Kept((id) => this.#makeRow(id));
  #curveAt = 0;
  #actions = '';

  constructor(app, id) {
    this.app = app;
    this.id = id;
  }

  #service() {
    return this.app.store.get('service', this.id);
  }

  head(close) {
    this.swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    this.title = h('h2', { id: 'drawer-title' });
    this.sub = h('p', { class: 'sub' });
    this.badges = h('div', { class: 'marks' });
    this.buttons = h('div');
    return h('header', { class: 'drawer-head' }, this.swatch, h('div', { class: 'cell' }, this.title, this.sub), close, this.badges, this.buttons);
  }

  body() {
    const now = () => this.#service();
    const tasks = () => this.app.store.tasksIn(this.id);
    const facts = [['Arrivals, λ', 'arrivals'], ['p50', 'latency'], ['p99', 'latency'], ['Queue', 'queued'], ['Utilisation, ρ', 'utilisation'], ['Replicas', 'replicas']];
    this.facts = facts.map(([, key]) => figure(() => ofService[key](now(), tasks()), { class: 'fig big' }));
    this.why = h('p', { class: 'why-line' });
    this.queue = h('div', { class: 'dots queue', 'aria-hidden': 'true' });
    this.queueText = h('span', { class: 'muted' });
    this.slots = h('div', { class: 'slot-list', role: 'list' });
    this.curve = new Curve(this.app, this.id);
    this.rows = h('tbody');
    this.decisions = h('ul', { class: 'lines' });
    this.noDecisions = h('p', { class: 'empty' }, 'No decision in this picture.');
    this.chartBox = h('div', { class: 'charts' });
    return h('div', { class: 'drawer-body' },
      h('dl', { class: 'facts' }, ...facts.map(([label], i) => h('div', {}, h('dt', {}, label), h('dd', {}, this.facts[i])))),
      this.why,
      block('Queue and slots', h('p', { class: 'hint' }, 'Each dot is a request: waiting on the left, in flight on the right. A ring is a free slot.'), h('div', { class: 'flow' }, h('div', { class: 'waiting' }, this.queueText, this.queue), h('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'), this.slots)),
      block('The last hour', this.chartBox),
      block('With k replicas', this.curve.box),
      block('Tasks', h('div', { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': 'Tasks' }, h('table', {}, h('thead', {}, h('tr', {}, ...['Task', 'Node', 'State', 'In flight', 'Knee', 'CPU', 'Memory', 'Since'].map((label) => h('th', { scope: 'col' }, label)))), this.rows))),
      block('Decisions', this.decisions, this.noDecisions));
  }

  start() {
    const bound = promise(this.#service()?.promise)?.seconds;
    this.#chart('Arrivals', [{ key: 'arrivals', label: 'arrivals /s', colour: '--accent', fill: '--wash' }], { print: number });
    this.#chart('Queue and in flight', [{ key: 'inFlight', label: 'in flight', colour: '--accent' }, { key: 'queued', label: 'queue', colour: '--warn', fill: '--warn-wash' }], { print: number });
    this.#chart('Latency', [{ key: 'p99', label: 'p99', colour: '--accent' }, { key: 'p50', label: 'p50', colour: '--faint' }], { print: latency, bound, least: 0.001 });
    this.#chart('Replicas', [{ key: 'running', label: 'running', colour: '--accent', fill: '--wash', step: true }, { key: 'wanted', label: 'wanted', colour: '--warn', dash: [4, 3], step: true }], { print: (value) => (Number.isInteger(value) ? whole(value) : '') });
    this.#loadSeries();
  }

  #chart(title, lines, options) {
    const read = lines.map(() => h('b'));
    const at = h('span', { class: 'muted' });
    const box = h('div', { class: 'chart' });
    const keys = lines.map((line, i) => h('span', { class: 'series' }, h('i', { 'data-colour': line.colour.slice(2) }), line.label, ' ', read[i]));
    if (options.bound) {
      keys.push(h('span', { class: 'series' }, h('i', { 'data-colour': 'bound' }), 'promise'));
    }
    this.chartBox.append(h('figure', { role: 'group', 'aria-label': title }, h('figcaption', {}, h('span', { class: 'chart-title' }, title), ...keys, at), box));
    const last = () => lines.map((line) => this.#series?.[line.key]?.at(-1));
    const show = (found) => {
      (found?.values ?? last()).forEach((value, i) => text(read[i], known(value) ? options.print(value) || number(value) : NONE));
      text(at, found ? clock(found.at) : '');
    };
    const chart = new TimeChart(box, lines, { ...options, readOut: show });
    this.#charts.push({ chart, show });
  }

  async #loadSeries() {
    try {
      this.#series = await api.series(this.id);
    } catch {
      this.#series = { t: [] };
    }
    this.#draw();
  }

  #draw() {
    for (const { chart, show } of this.#charts) {
      chart.show(this.#series);
      show(null);
    }
  }

  /// Adds the present to the charts, every five seconds.
  #append(service) {
    const series = this.#series;
    const { at } = this.app.store;
    if (!series?.t || this.app.past || at - (series.t.at(-1) ?? 0) < STEP) {
      return;
    }
    series.t.push(at);
    for (const key of ['arrivals', 'queued', 'inFlight', 'p50', 'p99', 'running', 'wanted']) {
      (series[key] ??= []).push(service[key] ?? null);
    }
    if (series.t.length > POINTS) {
      Object.values(series).forEach((column) => Array.isArray(column) && column.splice(0, column.length - POINTS));
    }
    this.#draw();
  }

  close() {
    this.#charts.forEach(({ chart }) => chart.close());
  }

  update(touched) {
    const service = this.#service();
    if (!service) {
      text(this.title, 'Unknown service');
      text(this.sub, 'It is not part of this picture: it was removed, or the instant is before its creation.');
      return;
    }
    if (touched === null || touched.has(`service/${this.id}`)) {
      this.#fillHead(service);
      this.#append(service);
    }
    this.#fillTasks(service, touched);
    this.#fillDecisions(touched);
    if (Date.now() - this.#curveAt > CURVE_EVERY && !this.app.past) {
      this.#curveAt = Date.now();
      this.curve.load();
    }
  }

  #fillHead(service) {
    const style = lookOf(this.id);
    classes(this.swatch, `swatch ${style.classes}`);
    text(this.swatch, style.letters);
    text(this.title, service.name);
    text(this.sub, [image(service.image), service.mode, service.policy ? `policy ${service.policy}` : null, service.ports?.join(', '), service.update?.message].filter(Boolean).join(' · '));
    const marks = marksOf(service);
    this.badges.replaceChildren(...marks.map(([colour, words]) => h('span', { class: `badge ${colour}` }, words)));
    const state = `${api.mayWrite()}${service.paused}${service.scaleMode}${this.app.past}`;
    if (state !== this.#actions) {
      this.#actions = state;
      this.buttons.replaceChildren(...[this.app.past ? null : actionsOf(this.app, this.id)].filter(Boolean));
    }
    const shown = [known(service.arrivals) ? `${number(service.arrivals)} /s` : NONE, latency(service.p50), latency(service.p99), whole(service.queued), percent(service.utilisation), known(service.wanted) && service.wanted !== service.desired ? `${whole(service.desired)} → ${whole(service.wanted)}` : whole(service.desired)];
    shown.forEach((words, i) => text(this.facts[i], words));
    this.facts[2].classList.toggle('bad', service.kept === false);
    text(this.why, [service.why, modeWords(service)].filter(Boolean).map(sentence).join(' '));
    dots(this.queue, service.queued, 120);
    text(this.queueText, known(service.queued) ? `${whole(service.queued)} waiting${service.queued > 120 ? ' (120 drawn)' : ''}` : 'Queue not known');
  }

  #fillTasks(service, touched) {
    if (touched !== null && ![...touched].some((key) => key.startsWith('task/') || key === `service/${this.id}`)) {
      return;
    }
    const tasks = this.app.store.tasksIn(this.id);
    tasks.sort((a, b) => ended(a) - ended(b) || (a.slot ?? 0) - (b.slot ?? 0) || byName(taskName(a, service), taskName(b, service)) || (a.createdAt ?? 0) - (b.createdAt ?? 0));
    const alive = tasks.filter((task) => !ended(task));
    arrange(this.slots, alive.slice(0, SLOTS).map((task) => this.#fillSlots(task, service)));
    arrange(this.rows, tasks.map((task) => this.#fillRow(task, service)));
    const ids = new Set(tasks.map((task) => task.id));
    this.#slots.keep(ids);
    this.#rows.keep(ids);
  }

  #makeSlots() {
    const part = { name: h('span', { class: 'slot-name' }), dots: h('span', { class: 'slot-dots', 'aria-hidden': 'true' }), figures: h('span', { class: 'muted' }) };
    part.box = h('div', { class: 'slots', role: 'listitem' }, part.name, part.figures, part.dots);
    return part;
  }

  #fillSlots(task, service) {
    const part = this.#slots.get(task.id);
    const limit = known(task.limit) ? task.limit : null;
    const busy = task.inFlight ?? 0;
    const drawn = Math.min(24, Math.max(limit ?? busy, busy));
    const filled = Math.min(drawn, busy);
    text(part.name, known(task.slot) && task.slot > 0 ? `.${task.slot}` : taskName(task, service));
    const signature = `${drawn}/${filled}`;
    if (part.signature !== signature) {
      part.signature = signature;
      part.dots.replaceChildren(...Array.from({ length: drawn }, (_, i) => h('i', { class: i < filled ? 'busy' : '' })));
    }
    text(part.figures, task.state === 'running' ? (known(task.inFlight) ? `${busy} of ${limit ?? '∞'}` : 'not known') : task.state);
    return part.box;
  }

  #makeRow(id) {
    const cells = Array.from({ length: 8 }, () => h('td'));
    const name = h('button', { type: 'button', class: 'name', onclick: () => this.app.open('task', id) });
    cells[0].append(name);
    return { cells, name, row: h('tr', {}, ...cells) };
  }

  #fillRow(task, service) {
    const { cells, name, row } = this.#rows.get(task.id);
    const node = this.app.store.get('node', task.node);
    text(name, taskName(task, service));
    const values = [node?.name ?? NONE, [task.state, task.health && task.health !== 'eligible' ? task.health : null].filter(Boolean).join(', '), known(task.inFlight) ? `${task.inFlight} of ${known(task.limit) ? task.limit : '∞'}` : NONE, known(task.knee) ? number(task.knee) : NONE, cores(task.cpu), bytes(task.memory), known(task.since) ? span(this.app.now() - task.since) : NONE];
    values.forEach((value, i) => text(cells[i + 1], value));
    attribute(cells[4], 'title', task.limitReason);
    classes(row, look(task, node));
    property(row, '--use', known(task.inFlight) && task.limit ? Math.round((task.inFlight / task.limit) * 100) : 0);
    return row;
  }

  #fillDecisions(touched) {
    if (touched !== null && ![...touched].some((key) => key.startsWith('decision/'))) {
      return;
    }
    const lines = this.app.store.list('decision').filter((decision) => decision.service === this.id).sort((a, b) => b.n - a.n).slice(0, DECISIONS).map((decision) => decisionLine(decision, this.app.store));
    this.decisions.replaceChildren(...lines.map((line) => h('li', { class: 'line decision' }, h('time', {}, clock(line.at)), h('span', { class: 'what' }, h('b', {}, line.words)), h('span', { class: 'note' }, line.note))));
    attribute(this.noDecisions, 'hidden', lines.length ? '' : null);
  }
}

const sentence = (words) => (/[.!?)]$/.test(words) ? words : `${words}.`);

function block(title, ...children) {
  return h('section', { class: 'block', 'aria-label': title }, h('h3', {}, title), ...children);
}
