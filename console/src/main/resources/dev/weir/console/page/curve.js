/// "With k replicas": a slider over the number of replicas that shows what is predicted.
import { attribute, classes, h, svg, text } from './dom.js';
import * as api from './api.js';
import { known, latency, NONE, number, percent, plural, promise } from './format.js';
import { figure } from './why.js';

const WIDTH = 560;
const HEIGHT = 120;
const LEFT = 52;
const FOOT = 18;

export class Curve {
  #curve = null;

  constructor(app, id) {
    this.app = app;
    this.id = id;
    this.input = h('input', { type: 'range', min: 1, max: 1, step: 1, value: 1, id: 'curve-k', 'aria-label': 'Number of replicas', disabled: true });
    this.input.addEventListener('input', () => this.#show());
    this.k = h('output', { for: 'curve-k', class: 'curve-k' }, NONE);
    this.predicted = figure(() => this.#explain(), { class: 'fig big', id: 'curve-p99' });
    this.busy = figure(() => this.#explainUse(), { class: 'fig big', id: 'curve-use' });
    this.verdict = h('p', { class: 'verdict', id: 'curve-verdict', role: 'status' });
    this.plot = svg('svg', { class: 'curve', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' });
    this.problem = h('p', { class: 'muted', hidden: true });
    this.body = h('div', { class: 'curve-body' },
      h('div', { class: 'curve-row' }, h('label', { for: 'curve-k' }, 'With k = '), this.k, this.input),
      h('dl', { class: 'facts' }, h('div', {}, h('dt', {}, 'predicted p99'), h('dd', {}, this.predicted)), h('div', {}, h('dt', {}, 'utilisation ρ'), h('dd', {}, this.busy))),
      this.plot, this.verdict);
    this.box = h('div', {}, this.problem, this.body);
  }

  /// Reads the curve; the slider stays where it is.
  async load() {
    try {
      const curve = await api.curve(this.id);
      const first = this.#curve === null;
      this.#curve = curve.k?.length ? curve : null;
      if (!this.#curve) {
        this.#missing(curve.why ?? 'Nothing can be predicted yet: the work of a request is known from the first responses on.');
        return;
      }
      attribute(this.problem, 'hidden', '');
      attribute(this.body, 'hidden', null);
      attribute(this.input, 'min', curve.k[0]);
      attribute(this.input, 'max', curve.k.at(-1));
      attribute(this.input, 'disabled', null);
      if (first) {
        this.input.value = curve.now ?? curve.k[0];
      }
      this.#show();
    } catch (problem) {
      this.#missing(problem.message);
    }
  }

  #missing(words) {
    text(this.problem, words);
    attribute(this.problem, 'hidden', null);
    attribute(this.body, 'hidden', '');
  }

  #index() {
    return Math.max(0, this.#curve.k.indexOf(Number(this.input.value)));
  }

  #show() {
    const curve = this.#curve;
    const i = this.#index();
    const bound = promise(curve.promise);
    const p99 = curve.predicted[i];
    const kept = bound && known(p99) ? p99 < bound.seconds : null;
    text(this.k, curve.k[i]);
    text(this.predicted, known(p99) ? latency(p99) : 'grows without bound');
    classes(this.predicted, `fig big${kept === false || !known(p99) ? ' bad' : kept ? ' ok' : ''}`);
    text(this.busy, percent(curve.utilisation[i]));
    attribute(this.input, 'aria-valuetext', `${plural(curve.k[i], 'replica')}: p99 ${latency(p99)}, ${percent(curve.utilisation[i])} busy`);
    const difference = curve.k[i] - curve.now;
    const place = difference === 0 ? 'as now' : `${Math.abs(difference)} ${difference > 0 ? 'more' : 'fewer'} than now`;
    text(this.verdict, bound ? `${plural(curve.k[i], 'replica')}, ${place}: ${curve.promise} ${kept ? 'is kept.' : 'is not kept.'}` : `${plural(curve.k[i], 'replica')}, ${place}. There is no promise to keep.`);
    this.#draw(bound, i);
  }

  #draw(bound, chosen) {
    const { k, predicted, now } = this.#curve;
    const finite = predicted.filter(known);
    const top = Math.max(bound ? bound.seconds * 2 : 0, Math.min(Math.max(...finite, 0), (bound?.seconds ?? Math.min(...finite)) * 4)) || 1;
    const x = (i) => LEFT + 10 + ((WIDTH - LEFT - 24) * i) / Math.max(1, k.length - 1);
    const y = (value) => 8 + (HEIGHT - FOOT - 12) * (1 - Math.min(value, top) / top);
    const parts = [0, top / 2, top].map((value) => label(LEFT - 6, y(value) + 4, latency(value), 'end'));
    const every = Math.ceil(k.length / 14);
    k.forEach((value, i) => {
      if (i % every === 0) {
        parts.push(label(x(i), HEIGHT - 3, value, 'middle'));
      }
    });
    if (bound) {
      parts.push(svg('line', { class: 'bound', x1: LEFT, x2: WIDTH, y1: y(bound.seconds), y2: y(bound.seconds) }));
    }
    const points = k.map((value, i) => (known(predicted[i]) ? `${x(i).toFixed(1)} ${y(predicted[i]).toFixed(1)}` : null));
    parts.push(svg('path', { class: 'predicted', d: points.map((point, i) => (point ? `${i > 0 && points[i - 1] ? 'L' : 'M'}${point}` : '')).join('') }));
    k.forEach((value, i) => {
      if (known(predicted[i])) {
        const out = predicted[i] > top;
        parts.push(svg('circle', { class: `at${value === now ? ' now' : ''}${i === chosen ? ' chosen' : ''}${out ? ' out' : ''}`, cx: x(i), cy: y(predicted[i]), r: i === chosen ? 5.5 : 3 }));
      }
    });
    this.plot.replaceChildren(...parts);
  }

  #explain() {
    const { formula = {}, why } = this.#curve;
    const i = this.#index();
    return {
      title: `Predicted p99 with ${plural(this.#curve.k[i], 'replica')}`,
      formula: 'P(T > t) = E[1 if S > t, else P(W > t − S)];  p99 is the t with P(T > t) = 1 %',
      numbers: `λ = ${number(formula.lambda)} /s, ca² = ${number(formula.arrivalScv)}, S = ${latency(formula.workSeconds)}, cs² = ${number(formula.workScv)} → ${latency(this.#curve.predicted[i])}`,
      note: ['One queue, first come, first served, for all slots (GI/G/m). T: response time, W: wait, S: work.', why].filter(Boolean),
    };
  }

  #explainUse() {
    const { formula = {} } = this.#curve;
    const i = this.#index();
    const offered = formula.lambda * formula.workSeconds;
    return {
      title: `Utilisation with ${plural(this.#curve.k[i], 'replica')}, ρ`,
      formula: 'ρ = λ · S ÷ m',
      numbers: `${number(formula.lambda)} /s · ${latency(formula.workSeconds)} = ${number(offered)} busy slots → ${percent(this.#curve.utilisation[i])}`,
      note: 'λ · S is the load in Erlang: how many slots are busy on average, however many there are.',
    };
  }
}

function label(x, y, words, anchor) {
  return svg('text', { x, y, 'text-anchor': anchor }, String(words));
}
