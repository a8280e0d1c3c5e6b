/// The arrivals of the last minutes of each service: from the console's history once, then from the
/// stream, one point in five seconds.
import * as api from './api.js';
import { known } from './format.js';

const STEP = 5000;
const POINTS = 60;
const WIDTH = 84;
const HEIGHT = 26;

export class Sparks {
  #rings = new Map();
  #asked = new Set();
  #queue = [];
  #busy = false;

  /// Notes the rate of a service at an instant; returns whether the line changed.
  note(id, at, value) {
    const ring = this.#ring(id);
    const last = ring.at(-1);
    if (last && at - last.at < STEP) {
      return false;
    }
    ring.push({ at, value: known(value) ? value : null });
    if (ring.length > POINTS) {
      ring.splice(0, ring.length - POINTS);
    }
    return true;
  }

  /// Asks for the past of a service, one at a time.
  fetch(id, done) {
    if (!this.#asked.has(id)) {
      this.#asked.add(id);
      this.#queue.push([id, done]);
      this.#next();
    }
  }

  forget(ids) {
    for (const id of this.#rings.keys()) {
      if (!ids.has(id)) {
        this.#rings.delete(id);
        this.#asked.delete(id);
      }
    }
  }

  async #next() {
    if (this.#busy || this.#queue.length === 0) {
      return;
    }
    this.#busy = true;
    const [id, done] = this.#queue.shift();
    try {
      const past = await api.series(id);
      const ring = this.#ring(id);
      const first = ring[0]?.at ?? Infinity;
      const before = (past.t ?? []).map((at, i) => ({ at, value: past.arrivals?.[i] ?? null })).filter((point) => point.at < first);
      ring.unshift(...before.slice(-(POINTS - ring.length)));
      done();
    } catch {
      // Without its past the line starts now.
    }
    this.#busy = false;
    this.#next();
  }

  #ring(id) {
    let ring = this.#rings.get(id);
    if (!ring) {
      this.#rings.set(id, (ring = []));
    }
    return ring;
  }

  /// The line and the area below it, as SVG path data.
  path(id) {
    const ring = this.#ring(id).filter((point) => point.value !== null);
    if (ring.length < 3) {
      return { line: '', area: '' };
    }
    const to = ring.at(-1).at;
    const top = Math.max(...ring.map((point) => point.value)) || 1;
    const points = ring.map((point) => {
      const x = WIDTH * (1 - (to - point.at) / (STEP * (POINTS - 1)));
      return [Math.max(0, x).toFixed(1), (HEIGHT - 2 - (HEIGHT - 4) * (point.value / top)).toFixed(1)];
    });
    const line = `M${points.map((point) => point.join(' ')).join('L')}`;
    return { line, area: `${line}V${HEIGHT}H${points[0][0]}Z` };
  }
}
