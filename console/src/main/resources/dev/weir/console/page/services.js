/// The list of services, one row each, in the order of their names.
import { $, arrange, attribute, classes, h, Kept, property, svg, text } from './dom.js';
import { ofService } from './explain.js';
import { byName, image, known, latency, NONE, number, percent, plural, promise, whole } from './format.js';
import { lookOf, shortName } from './palette.js';
import { Sparks } from './spark.js';
import { figure } from './why.js';

const DOTS = 20;
const CHIPS = [
  ['all', 'All', () => true],
  ['broken', 'Not kept', (service) => service.kept === false],
  ['moving', 'Changing', (service) => isMoving(service)],
  ['paused', 'Paused', (service) => Boolean(service.paused)],
];

const isMoving = (service) => ['updating', 'rollback_started', 'paused', 'rollback_paused'].includes(service.update?.state) || (known(service.running) && service.running !== service.desired);

export class Services {
  #rows = new Kept((id) => this.#make(id));
  #sparks = new Sparks();
  #chips = new Map();
  #only = 'all';
  #order = '';

  constructor(app) {
    this.app = app;
    for (const [key, label] of CHIPS) {
      const button = h('button', { type: 'button', class: 'chip', 'data-chip': key, onclick: () => this.#choose(key) }, label);
      this.#chips.set(key, button);
      $('services-chips').append(button);
    }
    $('services-list').addEventListener('click', (event) => {
      const row = event.target.closest('.service');
      if (row && !event.target.closest('.fig')) {
        app.open('service', row.dataset.id);
      }
    });
  }

  #choose(key) {
    this.#only = this.#only === key ? 'all' : key;
    this.arrange();
  }

  /// Redraws the rows of the services in `touched`, or all.
  update(touched) {
    const { store } = this.app;
    for (const service of store.list('service')) {
      const fresh = !this.#rows.has(service.id);
      const row = this.#rows.get(service.id);
      const moved = !this.app.past && this.#sparks.note(service.id, store.at, service.arrivals);
      if (fresh && known(service.arrivals)) {
        this.#sparks.fetch(service.id, () => this.#draw(row, service.id));
      }
      if (moved) {
        this.#draw(row, service.id);
      }
      if (fresh || touched === null || touched.has(`service/${service.id}`)) {
        this.#fill(row, service);
      }
    }
    const ids = new Set(store.kinds.service.keys());
    if (!this.app.past) {
      this.#rows.keep(ids);
      this.#sparks.forget(ids);
    }
    this.arrange();
  }

  /// Puts the rows in order, and only those that the chips and the filter want.
  arrange() {
    const all = this.app.store.list('service').sort((a, b) => byName(String(a.name), String(b.name)));
    const wanted = CHIPS.find(([key]) => key === this.#only)[2];
    const shown = all.filter((service) => wanted(service) && this.app.filter.service(service));
    for (const [key, label, test] of CHIPS) {
      const chip = this.#chips.get(key);
      const count = all.filter(test).length;
      text(chip, `${label} ${count}`);
      attribute(chip, 'aria-pressed', String(this.#only === key));
      attribute(chip, 'hidden', key === 'all' || count > 0 || this.#only === key ? null : '');
    }
    text($('services-count'), shown.length === all.length ? '' : `${shown.length} of ${plural(all.length, 'service')}`);
    const order = shown.map((service) => service.id).join(' ');
    if (order !== this.#order) {
      this.#order = order;
      arrange($('services-list'), shown.map((service) => this.#rows.get(service.id).row));
    }
    const empty = $('services-empty');
    attribute(empty, 'hidden', shown.length ? '' : null);
    text(empty, all.length ? 'No service matches.' : this.app.store.at ? 'This swarm has no services yet. Deploy one with “weir stack deploy -c stack.yml NAME”.' : 'Waiting for the first picture…');
  }

  /// Marks the row of what is open.
  mark(id) {
    for (const part of this.#rows.values()) {
      attribute(part.row, 'aria-current', part.row.dataset.id === id ? 'true' : null);
    }
  }

  #make(id) {
    const now = () => this.app.store.get('service', id);
    const tasks = () => this.app.store.tasksIn(id);
    const part = {
      swatch: h('span', { class: 'swatch', 'aria-hidden': 'true' }),
      stack: h('span', { class: 'stack' }),
      short: h('span'),
      sub: h('span', { class: 'sub' }),
      line: svg('path'),
      area: svg('path', { class: 'area' }),
      arrivals: figure(() => ofService.arrivals(now()), { class: 'fig big' }),
      use: figure(() => ofService.utilisation(now(), tasks()), { class: 'fig small' }),
      p99: figure(() => ofService.latency(now()), { class: 'fig big' }),
      promise: h('span', { class: 'small' }),
      bullet: h('div', { class: 'bullet', 'aria-hidden': 'true' }, h('i')),
      queued: figure(() => ofService.queued(now()), { class: 'fig big' }),
      dots: h('div', { class: 'dots', 'aria-hidden': 'true' }),
      replicas: figure(() => ofService.replicas(now()), { class: 'fig big' }),
      wanted: h('span', { class: 'small' }),
      badges: h('span', { class: 'marks' }),
      why: h('p', { class: 'why-text' }),
    };
    part.name = h('button', { type: 'button', class: 'name', 'aria-haspopup': 'dialog' }, part.stack, part.short);
    part.row = h('li', { class: 'service', 'data-id': id },
      h('div', { class: 'who' }, part.swatch, h('div', { class: 'cell' }, part.name, part.sub)),
      h('div', { class: 'cell rate balanced', 'data-label': 'Arrivals' },
        svg('svg', { class: 'spark', viewBox: '0 0 84 26', 'aria-hidden': 'true' }, part.area, part.line),
        h('div', { class: 'cell' }, h('div', {}, part.arrivals), part.use)),
      h('div', { class: 'cell balanced', 'data-label': 'p99 and promise' }, h('div', {}, part.p99, ' ', part.promise), part.bullet),
      h('div', { class: 'cell balanced', 'data-label': 'Queue' }, h('div', {}, part.queued), part.dots),
      h('div', { class: 'cell', 'data-label': 'Replicas' }, h('div', {}, part.replicas), part.wanted),
      h('div', { class: 'cell reason' }, part.badges, part.why));
    return part;
  }

  #draw(part, id) {
    const { line, area } = this.#sparks.path(id);
    part.line.setAttribute('d', line);
    part.area.setAttribute('d', area);
  }

  #fill(part, service) {
    const look = lookOf(service.id);
    const short = shortName(service);
    classes(part.swatch, `swatch ${look.classes}`);
    text(part.swatch, look.letters);
    text(part.short, short);
    text(part.stack, service.name?.length > short.length ? service.name.slice(0, -short.length) : '');
    attribute(part.name, 'title', service.name);
    text(part.sub, [image(service.image), service.mode === 'replicated' ? null : service.mode, service.ports?.join(', ')].filter(Boolean).join(' · '));
    figureText(part.arrivals, known(service.arrivals) ? `${number(service.arrivals)} /s` : NONE);
    text(part.use, known(service.utilisation) ? `${percent(service.utilisation)} busy` : '');
    attribute(part.use, 'hidden', known(service.utilisation) ? null : '');
    part.row.classList.toggle('plain-row', !known(service.arrivals) && !known(service.p99));
    this.#fillLatency(part, service);
    figureText(part.queued, whole(service.queued));
    dots(part.dots, service.queued);
    this.#fillReplicas(part, service);
  }

  #fillLatency(part, service) {
    const bound = promise(service.promise);
    figureText(part.p99, latency(service.p99));
    text(part.promise, service.promise ? (bound ? `of ${latency(bound.seconds)}` : service.promise) : known(service.p99) ? 'no promise' : '');
    const over = service.kept === false;
    classes(part.bullet, `bullet${over ? ' over' : ''}${known(service.p99) && bound ? '' : ' none'}`);
    property(part.bullet, '--v', known(service.p99) && bound ? Math.min(100, (service.p99 / bound.seconds) * 66.66).toFixed(1) : 0);
    classes(part.p99, `fig big${over ? ' bad' : ''}${known(service.p99) ? '' : ' none'}`);
  }

  #fillReplicas(part, service) {
    const same = !known(service.wanted) || service.wanted === service.desired;
    figureText(part.replicas, same ? whole(service.desired) : `${whole(service.desired)} → ${whole(service.wanted)}`);
    text(part.wanted, [service.running === service.desired ? 'all run' : `${whole(service.running)} run`, service.range].filter(Boolean).join(' · '));
    classes(part.wanted, service.running < service.desired ? 'small warn' : 'small');
    const marks = marksOf(service);
    const signature = marks.flat().join('|');
    if (part.badges.weirMarks !== signature) {
      part.badges.weirMarks = signature;
      part.badges.replaceChildren(...marks.map(([colour, words]) => h('span', { class: `badge ${colour}` }, words)));
    }
    text(part.why, service.why ?? '');
    attribute(part.why, 'title', service.why);
  }
}

function figureText(button, words) {
  text(button, words);
  button.classList.toggle('none', words === NONE);
}

/// What is special about a service, in a word or two.
export function marksOf(service) {
  const marks = [];
  if (service.kept === false) {
    marks.push(['bad', `▲ ${service.promise} not kept`]);
  }
  const update = service.update?.state;
  if (update === 'updating' || update === 'rollback_started') {
    marks.push(['busy', update === 'updating' ? 'rolling' : 'rolling back']);
  } else if (update === 'paused' || update === 'rollback_paused') {
    marks.push(['bad', 'update stopped']);
  }
  if (service.paused) {
    marks.push(['warn', 'autoscaler paused']);
  } else if (service.scaleMode === 'advise') {
    marks.push(['', 'advises']);
  }
  return marks;
}

/// One dot for each request that waits, as many as fit.
export function dots(box, count, most = DOTS) {
  const wanted = known(count) ? Math.min(most, Math.max(0, Math.round(count))) : 0;
  while (box.childElementCount > wanted) {
    box.lastChild.remove();
  }
  while (box.childElementCount < wanted) {
    box.append(document.createElement('i'));
  }
  box.classList.toggle('none', !known(count));
}
