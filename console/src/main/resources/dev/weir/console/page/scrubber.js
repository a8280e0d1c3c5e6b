/// The scrubber: shows the page as it was at any instant of the last hour.
import { $, attribute, onResize, say, text } from './dom.js';
import * as api from './api.js';
import { clock, span } from './format.js';

const HOUR = 3600000;
const SETTLE = 120;

export class Scrubber {
  #from = 0;
  #timer = 0;
  #abort = null;

  constructor(app) {
    this.app = app;
    this.input = $('time');
    this.input.addEventListener('input', () => this.#moved());
    $('live').addEventListener('click', () => (app.past ? app.live() : this.#stop()));
    onResize($('marks'), (size) => {
      this.size = size;
      this.draw();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    setInterval(() => this.#refresh(), 30000);
    this.#refresh();
  }

  /// Asks how far back the console remembers.
  async #refresh() {
    try {
      const known = await api.timeSpan();
      this.#from = known.from ?? 0;
      this.tick();
    } catch {
      // The next picture still sets the end.
    }
  }

  /// Moves the end of the scale to now.
  tick() {
    const to = this.app.liveAt();
    if (!to) {
      return;
    }
    const from = Math.max(this.#from || to, to - HOUR);
    attribute(this.input, 'min', from);
    attribute(this.input, 'max', Math.max(to, from + 1000));
    attribute(this.input, 'disabled', to - from < 2000 ? '' : null);
    if (!this.app.past) {
      this.input.value = this.input.max;
    }
    this.#words();
  }

  #words() {
    const ago = this.app.liveAt() - Number(this.input.value);
    const words = this.app.past ? `${clock(Number(this.input.value))} · ${span(ago)} ago` : `${clock(this.app.liveAt())} · now`;
    text($('time-text'), words);
    attribute(this.input, 'aria-valuetext', words);
    attribute($('live'), 'aria-pressed', String(!this.app.past));
  }

  #stop() {
    this.#show(this.app.liveAt());
  }

  #moved() {
    if (Number(this.input.value) >= Number(this.input.max) - 1500) {
      this.app.live();
      return;
    }
    text($('time-text'), `${clock(Number(this.input.value))} · ${span(this.app.liveAt() - Number(this.input.value))} ago`);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(Number(this.input.value)), SETTLE);
  }

  async #show(millis) {
    this.#abort?.abort();
    this.#abort = new AbortController();
    try {
      const picture = await api.at(millis, this.#abort.signal);
      this.app.showPast(picture);
      this.#words();
      say(`Showing ${clock(picture.t)}`);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        say('That instant cannot be shown');
        text($('time-text'), problem.message);
      }
    }
  }

  /// Leaves the past.
  live() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.tick();
  }

  /// One mark for each event that is no mere information, and each decision.
  draw() {
    const canvas = $('marks');
    const { width, height } = this.size ?? { width: 0, height: 0 };
    if (width === 0) {
      return;
    }
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    const from = Number(this.input.min);
    const to = Number(this.input.max);
    const style = getComputedStyle(document.documentElement);
    const mark = (at, colour, size) => {
      if (at >= from && at <= to) {
        context.fillStyle = style.getPropertyValue(colour);
        context.fillRect(Math.round(8 + ((width - 16) * (at - from)) / (to - from)) - 1, height / 2 + 5, 2, size);
      }
    };
    const { store } = this.app;
    store.kinds.decision.forEach((decision) => decision.from !== decision.to && mark(decision.at, '--accent', 5));
    store.kinds.event.forEach((event) => event.level !== 'info' && mark(event.at, event.level === 'error' ? '--bad' : '--warn', 9));
  }
}
