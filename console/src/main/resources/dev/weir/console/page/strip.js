/// The strip: whether promises are kept, and how much and how fresh everything is.
import { $, arrange, attribute, classes, h, onResize, text } from './dom.js';
import { ofCluster } from './explain.js';
import { clock, known, NONE, number, plural, span, whole } from './format.js';
import { figure } from './why.js';

const FIGURES = [
  ['promises', 'Promises kept'],
  ['arrivals', 'Arrivals, λ'],
  ['queued', 'Queue'],
  ['replicas', 'Replicas'],
  ['nodes', 'Nodes'],
  ['knowledge', 'Knowledge'],
];

export class Strip {
  #parts = new Map();
  #notes = new Map();

  /// @param app gives `store`, `now()`, `past`, `live()`
  constructor(app) {
    this.app = app;
    for (const [key, label] of FIGURES) {
      const mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
      const value = figure(() => ofCluster[key](app.store, app.now()), { class: 'fig value', id: `figure-${key}` });
      const unit = h('span', { class: 'unit' });
      this.#parts.set(key, { mark, value, unit });
      $('figures').append(h('div', {}, h('dt', {}, label), h('dd', {}, mark, value, unit)));
    }
    setInterval(() => this.tick(), 1000);
    onResize($('strip'), () => document.documentElement.style.setProperty('--strip', `${$('strip').offsetHeight}px`));
  }

  update() {
    const { cluster } = this.app.store;
    const broken = known(cluster.promises) && cluster.promisesKept < cluster.promises;
    this.#show('promises', cluster.promises ? `${whole(cluster.promisesKept)} of ${whole(cluster.promises)}` : NONE, cluster.promises ? '' : 'none promised', cluster.promises ? (broken ? '▲' : '✓') : '', broken ? 'bad' : 'ok');
    this.#show('arrivals', number(cluster.arrivals), known(cluster.arrivals) ? '/s' : 'not known');
    this.#show('queued', whole(cluster.queued), known(cluster.queued) ? (cluster.queued === 1 ? 'waits' : 'wait') : 'not known', cluster.queued > 0 ? '●' : '', 'warn');
    const short = cluster.running < cluster.desired;
    this.#show('replicas', whole(cluster.running), `of ${whole(cluster.desired)}`, short ? '▲' : '', 'warn');
    const away = cluster.nodesReady < cluster.nodes;
    const quorum = cluster.managersReachable < cluster.managers;
    this.#show('nodes', whole(cluster.nodesReady), `of ${whole(cluster.nodes)}${known(cluster.managers) ? ` · ${quorum ? `${cluster.managersReachable} of ` : ''}${plural(cluster.managers, 'manager')}` : ''}`, away || quorum ? '▲' : '', 'bad');
    this.tick();
  }

  /// What ages by itself.
  tick() {
    const { cluster } = this.app.store;
    const age = known(cluster.knownAt) ? Math.max(0, this.app.now() - cluster.knownAt) : NaN;
    const old = age > 10000;
    this.#show('knowledge', span(age), known(age) ? 'old' : 'none yet', old ? '▲' : '', 'warn');
    this.#notesOf(cluster, age);
    document.body.classList.toggle('stale', this.app.link.state === 'off' || Boolean(cluster.failure));
  }

  #show(key, value, unit, mark = '', colour = '') {
    const part = this.#parts.get(key);
    text(part.value, value);
    text(part.unit, unit);
    text(part.mark, mark);
    classes(part.mark, `mark ${colour}`);
    attribute(part.mark, 'hidden', mark ? null : '');
    classes(part.value, value === NONE ? 'fig value none' : 'fig value');
  }

  /// What is wrong or missing, in words, the gravest first.
  #notesOf(cluster, age) {
    const { link, past } = this.app;
    const lines = [];
    if (link.state === 'off') {
      lines.push(['link', 'bad', 'Not connected', `since ${clock(link.since)} (${span(Date.now() - link.since)}). The page shows what it last knew and tries again by itself.`]);
    }
    if (past) {
      lines.push(['past', 'past', 'The past', `${clock(this.app.store.at)}, ${span(Date.now() + this.app.skew - this.app.store.at)} ago. Everything on this page is as it was then.`, 'Back to now', () => this.app.live()]);
    }
    if (cluster.failure) {
      lines.push(['failure', 'bad', 'No manager responds', `${cluster.failure}${known(cluster.knownAt) ? ` Last reply ${span(age)} ago, at ${clock(cluster.knownAt)}.` : ''}`]);
    }
    for (const balancer of this.app.store.list('balancer')) {
      if (balancer.failure) {
        lines.push([`balancer/${balancer.name}`, 'warn', `Balancer ${balancer.name}`, balancer.failure]);
      }
    }
    if (cluster.missing?.length) {
      lines.push(['missing', '', 'Not known', cluster.missing.join(' · ')]);
    }
    arrange($('notes'), lines.map((line) => this.#note(...line)));
  }

  #note(key, colour, title, words, label, act) {
    let note = this.#notes.get(key);
    if (!note) {
      note = { title: h('b'), words: h('span'), button: label ? h('button', { type: 'button', onclick: act }, label) : null };
      note.row = h('p', {}, note.title, note.words, note.button);
      this.#notes.set(key, note);
    }
    classes(note.row, `note-line ${colour}`);
    text(note.title, title);
    text(note.words, words);
    return note.row;
  }
}
