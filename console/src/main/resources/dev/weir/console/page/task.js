/// One task, opened: what is known of it, its error, and its last lines.
import { attribute, classes, h, text } from './dom.js';
import * as api from './api.js';
import { bytes, clock, cores, image, known, latency, NONE, number, percent, span, whole } from './format.js';
import { lookOf } from './palette.js';
import { failed, look, taskName } from './store.js';

const LINES = 200;

export class TaskView {
  kind = 'task';

  constructor(app, id) {
    this.app = app;
    this.id = id;
  }

  head(close) {
    this.swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    this.title = h('h2', { id: 'drawer-title' });
    this.sub = h('p', { class: 'sub' });
    this.toService = h('button', { type: 'button', class: 'plain', onclick: () => this.app.open('service', this.app.store.get('task', this.id)?.service) }, 'Open its service');
    return h('header', { class: 'drawer-head' }, this.swatch, h('div', { class: 'cell' }, this.title, this.sub), close, h('div'), h('div', { class: 'actions' }, this.toService));
  }

  body() {
    this.error = h('p', { class: 'task-error', role: 'alert', hidden: true });
    this.facts = h('dl', { class: 'pairs' });
    this.lines = h('div', { class: 'logs', hidden: true, tabindex: '0', role: 'log', 'aria-label': 'Last lines', 'aria-live': 'off' });
    this.logNote = h('p', { class: 'hint' });
    this.again = h('button', { type: 'button', class: 'plain', id: 'logs-again', onclick: () => this.#load() }, 'Read again');
    return h('div', { class: 'drawer-body' }, this.error, this.facts,
      h('section', { class: 'block', 'aria-label': 'Logs' }, h('div', { class: 'block-head' }, h('h3', {}, 'Last lines'), this.again), this.logNote, this.lines));
  }

  start() {
    this.#load();
  }

  async #load() {
    this.again.disabled = true;
    text(this.logNote, 'Reading…');
    try {
      const found = await api.logs(this.id, LINES);
      const lines = found.lines ?? [];
      text(this.logNote, found.error ?? (lines.length ? `${found.truncated ? 'The last ' : ''}${lines.length} lines, read at ${clock(Date.now())}` : 'This task has written nothing.'));
      this.lines.replaceChildren(...lines.map((line) => h('div', { class: line.stream === 'stderr' ? 'log err' : 'log' }, h('time', {}, known(line.at) ? clock(line.at) : ''), h('span', {}, line.text))));
      attribute(this.lines, 'hidden', lines.length ? null : '');
      this.lines.scrollTop = this.lines.scrollHeight;
    } catch (problem) {
      text(this.logNote, problem.message);
    }
    this.again.disabled = false;
  }

  close() {}

  update(touched) {
    const { store } = this.app;
    const task = store.get('task', this.id);
    if (!task) {
      text(this.title, 'Unknown task');
      text(this.sub, 'It is not part of this picture: it ended more than five minutes ago, or had not started yet.');
      return;
    }
    if (touched !== null && !touched.has(`task/${this.id}`)) {
      return;
    }
    const service = store.get('service', task.service);
    const node = store.get('node', task.node);
    const style = lookOf(task.service);
    classes(this.swatch, `swatch ${style.classes}`);
    text(this.swatch, style.letters);
    text(this.title, taskName(task, service));
    text(this.sub, [task.state, node ? `on ${node.name}` : 'no node yet', known(task.since) ? `since ${clock(task.since)}` : null].filter(Boolean).join(' · '));
    text(this.error, task.error ?? '');
    attribute(this.error, 'hidden', task.error ? null : '');
    classes(this.error, failed(task) ? 'task-error' : 'task-error mild');
    this.#fillFacts(task, node);
  }

  #fillFacts(task, node) {
    const total = (task.succeeded ?? 0) + (task.failed ?? 0);
    const pairs = [
      ['State', `${task.state}, should be ${task.desired ?? NONE}`],
      ['Age', known(task.createdAt) ? `${span(this.app.now() - task.createdAt)}, created at ${clock(task.createdAt)}` : NONE],
      ['Balancer', task.health ?? 'not balanced'],
      ['In flight', known(task.inFlight) ? `${task.inFlight} of ${known(task.limit) ? task.limit : 'no limit yet'}` : NONE],
      ['Knee', known(task.knee) ? `${number(task.knee)}${task.limitReason ? `, ${task.limitReason}` : ''}` : (task.limitReason ?? NONE)],
      ['Service time', latency(task.serviceSeconds)],
      ['Responses', total ? `${whole(task.succeeded)} succeeded, ${whole(task.failed)} failed (${percent(task.failed / total)})` : NONE],
      ['CPU, memory', known(task.cpu) || known(task.memory) ? `${cores(task.cpu)} cores, ${bytes(task.memory)}` : 'no agent responds on its node'],
      ['Exit code', task.exitCode ?? NONE],
      ['Image', image(task.image)],
      ['Addresses', task.addresses?.join(', ') || NONE],
      ['Node', node ? `${node.name}${look(task, node) === 'lost' ? ' (down)' : ''}` : NONE],
      ['Id', task.id],
    ];
    const signature = JSON.stringify(pairs);
    if (signature !== this.signature) {
      this.signature = signature;
      this.facts.replaceChildren(...pairs.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, String(value)))));
    }
  }
}
