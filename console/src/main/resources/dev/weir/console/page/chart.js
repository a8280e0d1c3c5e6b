/// Line charts over time, and the curve over replicas. uPlot draws them; it is loaded when the first
/// chart is needed.
import { onResize } from './dom.js';

let library = null;

export async function load() {
  library ??= await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'uplot/uPlot.iife.min.js';
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => reject(new Error('the charts could not be loaded'));
    document.head.append(script);
  });
  return library;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FONT = '11px system-ui, sans-serif';

function axis(extra) {
  return { stroke: colour('--muted'), font: FONT, grid: { stroke: colour('--hair'), width: 1 }, ticks: { show: false }, gap: 4, ...extra };
}

const two = (value) => String(value).padStart(2, '0');
const hour = (seconds) => {
  const at = new Date(seconds * 1000);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
};

/// A chart over time.
///
/// @param box where it is drawn
/// @param lines `{key, label, colour, dash, fill, step}` for each line
/// @param options `{print, bound, height}`: how values are printed, a constant to mark
export class TimeChart {
  #plot = null;
  #data = null;

  constructor(box, lines, options) {
    this.box = box;
    this.lines = lines;
    this.options = options;
    this.observer = onResize(box, (size) => size.width > 0 && this.#plot?.setSize({ width: size.width, height: options.height ?? 118 }));
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.again = () => this.#build();
    this.scheme.addEventListener('change', this.again);
  }

  /// Shows columns: `{t: [ms], key: [values], …}`.
  async show(columns) {
    const t = (columns.t ?? []).map((millis) => millis / 1000);
    this.#data = [t, ...this.lines.map((line) => (columns[line.key] ?? []).map((value) => value ?? null))];
    if (this.#plot) {
      this.#plot.setData(this.#data);
    } else {
      await load();
      this.#build();
    }
  }

  close() {
    this.observer.disconnect();
    this.scheme.removeEventListener('change', this.again);
    this.#plot?.destroy();
    this.#plot = null;
  }

  #build() {
    if (!library || !this.#data || !this.box.isConnected) {
      return;
    }
    this.#plot?.destroy();
    this.#plot = new library(this.#settings(), this.#data, this.box);
  }

  #settings() {
    const { print, height = 118, bound, least = 1 } = this.options;
    return {
      width: this.box.clientWidth || 400,
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: 'weir' }, drag: { x: false, y: false }, points: { size: 5 } },
      scales: { x: { time: true }, y: { range: (plot, low, high) => [0, Math.max(least, (high ?? 0) * 1.08, bound ? bound * 1.15 : 0)] } },
      axes: [axis({ size: 22, space: 70, values: (plot, ticks) => ticks.map(hour) }), axis({ size: 52, space: 28, values: (plot, ticks) => ticks.map(print) })],
      series: [{}, ...this.lines.map((line) => ({
        label: line.label,
        stroke: colour(line.colour),
        fill: line.fill ? colour(line.fill) : undefined,
        width: line.width ?? 1.5,
        dash: line.dash,
        paths: line.step ? library.paths.stepped({ align: 1 }) : undefined,
        points: { show: false },
        spanGaps: false,
      }))],
      hooks: { draw: [(plot) => this.#mark(plot, bound)], setCursor: [(plot) => this.#readOut(plot)] },
    };
  }

  #mark(plot, bound) {
    if (!bound) {
      return;
    }
    const { ctx, bbox } = plot;
    const y = Math.round(plot.valToPos(bound, 'y', true));
    ctx.save();
    ctx.strokeStyle = colour('--ink');
    ctx.setLineDash([4, 4]);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }

  #readOut(plot) {
    const at = plot.cursor.idx;
    this.options.readOut?.(at === null || at === undefined ? null : { at: plot.data[0][at] * 1000, values: this.lines.map((line, i) => plot.data[i + 1][at]) });
  }
}
