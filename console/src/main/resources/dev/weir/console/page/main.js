/// Joins the parts: the stream fills the store, the store fills the regions, once per frame.
import { $, attribute, say, text } from './dom.js';
import * as api from './api.js';
import { Drawer } from './drawer.js';
import { Filter } from './filter.js';
import { clock } from './format.js';
import { Keys } from './keys.js';
import { NodeMap } from './map.js';
import { assign } from './palette.js';
import { Ended, Events } from './rail.js';
import { Scrubber } from './scrubber.js';
import { Services } from './services.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { Strip } from './strip.js';

class App {
  /// What the stream says, and what the regions show: the same, unless the past is shown.
  current = new Store();
  store = this.current;
  session = {};
  /// The console's clock minus this machine's, in milliseconds.
  skew = 0;
  #touched = new Set();
  #all = true;
  #frame = 0;
  #drawnMarks = 0;

  constructor() {
    this.link = { state: 'wait', since: Date.now() };
    this.filter = new Filter(this);
    this.strip = new Strip(this);
    this.services = new Services(this);
    this.map = new NodeMap(this);
    this.ended = new Ended(this);
    this.events = new Events(this);
    this.drawer = new Drawer(this);
    this.scrubber = new Scrubber(this);
    this.keys = new Keys(this);
    $('filter').addEventListener('input', () => this.refilter());
  }

  start() {
    this.#readSession();
    this.#regions(null);
    this.stream = new Stream('/stream', { message: (kind, message) => this.#arrived(kind, message), state: (state) => this.#linked(state) });
    this.stream.again();
    setInterval(() => this.#seconds(), 1000);
  }

  async #readSession() {
    try {
      this.session = await api.openSession();
      this.draw(null);
    } catch {
      // Asked again when the stream is back.
    }
  }

  get past() {
    return this.store !== this.current;
  }

  /// The instant that the page shows.
  now() {
    return this.past ? this.store.at : Date.now() + this.skew;
  }

  liveAt() {
    return this.current.at ? Date.now() + this.skew : 0;
  }

  open(kind, id) {
    if (id) {
      this.drawer.open(kind, id);
    }
  }

  mark(kind, id) {
    this.services.mark(kind === 'service' ? id : '');
    this.map.mark(kind === 'task' ? id : '');
  }

  #arrived(kind, message) {
    const first = this.current.at === 0;
    const touched = kind === 'snapshot' ? this.current.snapshot(message) : this.current.delta(message);
    const skew = message.t - Date.now();
    this.skew = first || Math.abs(skew - this.skew) > 2000 ? skew : this.skew;
    assign(this.current.list('service'));
    if (!this.past) {
      touched.forEach((key) => this.#touched.add(key));
      this.draw(kind === 'snapshot' ? null : this.#touched);
    }
    if (first) {
      this.drawer.start();
    }
  }

  /// Draws in the next frame what is in `touched`; null means all.
  draw(touched) {
    this.#all ||= touched === null;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const what = this.#all ? null : this.#touched;
      this.#touched = new Set();
      this.#all = false;
      const begin = performance.now();
      this.#regions(what);
      performance.measure('weir-update', { start: begin, end: performance.now() });
      performance.clearMeasures('weir-update');
    });
  }

  #regions(touched) {
    this.strip.update();
    this.services.update(touched);
    this.map.update(touched);
    this.ended.update(touched);
    this.events.update(touched);
    this.drawer.update(touched);
    if (touched === null || Date.now() - this.#drawnMarks > 5000) {
      this.#drawnMarks = Date.now();
      this.scrubber.draw();
    }
    attribute(document.body, 'data-ready', this.current.at ? '' : null);
  }

  /// Shows a picture of the past.
  showPast(picture) {
    const store = this.past ? this.store : new Store();
    store.snapshot(picture);
    this.store = store;
    assign(store.list('service'));
    document.body.classList.add('past');
    this.draw(null);
  }

  /// Back to now.
  live() {
    if (this.past) {
      this.store = this.current;
      document.body.classList.remove('past');
      this.draw(null);
      say('Showing now');
    }
    this.scrubber.live();
  }

  refilter() {
    if (this.filter.set($('filter').value)) {
      this.services.arrange();
      this.map.filter();
      this.ended.update(null);
      this.events.update(null);
    }
  }

  #linked(state) {
    this.link = { state, since: Date.now() };
    attribute($('link'), 'data-state', state);
    this.#linkWords();
    this.strip.update();
    if (state === 'off') {
      say('Connection lost');
    } else if (state === 'on' && this.session.csrf === undefined) {
      this.#readSession();
    }
  }

  #linkWords() {
    text($('link-text'), { on: 'connected', off: `not connected, since ${clock(this.link.since)}`, wait: 'connecting' }[this.link.state]);
  }

  #seconds() {
    this.scrubber.tick();
    document.title = this.#title();
  }

  #title() {
    const { cluster } = this.current;
    const bad = this.link.state === 'off' ? '✕ ' : cluster.failure || cluster.promisesKept < cluster.promises ? '▲ ' : '';
    return `${bad}Weir console`;
  }
}

new App().start();
