'use strict';
(() => {
  const page = document.documentElement;
  let errors = 0;
  const failed = () => { page.dataset.errors = String(++errors); };
  page.dataset.errors = '0';
  window.addEventListener('error', failed);
  window.addEventListener('unhandledrejection', failed);
  document.addEventListener('securitypolicyviolation', failed);

  const figures = JSON.parse(document.getElementById('figures').textContent);
  const runs = figures.runs;
  const RUN_COLOURS = ['#ee7733', '#0077bb', '#009988', '#ee3377', '#33bbee', '#cc3311', '#aa8f00', '#8a8a8a'];
  const DASHES = ['solid', 'dashed', 'dotted'];
  const names = Object.keys(figures.colours);
  const dash = name => DASHES[Math.floor(Math.max(0, names.indexOf(name)) / 7) % DASHES.length];
  const darkness = window.matchMedia('(prefers-color-scheme: dark)');
  const narrow = () => window.innerWidth <= 720;
  const style = name => getComputedStyle(page).getPropertyValue(name).trim();
  const escaped = text => String(text).replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');
  let logarithmic = false;
  const windowSeconds = figures.window;

  // Figures: three significant digits, as in the tables.
  const figure = value => {
    if (value === null || value === undefined || !isFinite(value)) return '–';
    const size = Math.abs(value);
    const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return value.toLocaleString('en', { maximumFractionDigits: digits });
  };
  const nice = value => {
    if (!(value > 0)) return 1;
    const power = Math.pow(10, Math.floor(Math.log10(value)));
    return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * power >= value * 0.9999) * power;
  };

  // Long runs are shown in minutes or hours, so that ticks fall on round numbers of them.
  const longest = Math.max(...runs.flatMap(run => [run.end - run.start].concat(
    run.cpu.map(series => series.points[series.points.length - 2] - series.points[0]))), 0);
  const [clockUnit, unitSeconds] = longest > 4 * 3600 ? ['h', 3600] : longest > 600 ? ['min', 60] : ['s', 1];
  figures.window /= unitSeconds;
  figures.latencyWindow /= unitSeconds;
  runs.forEach(run => {
    ['start', 'end', 'latencyStart'].forEach(key => { run[key] /= unitSeconds; });
    run.events.forEach(event => { event[0] /= unitSeconds; });
    run.cpu.concat(run.memory).forEach(series => {
      for (let i = 0; i < series.points.length; i += 2) series.points[i] /= unitSeconds;
    });
    if (run.scale) run.scale.counts.concat(run.scale.decisions).forEach(one => { one[0] /= unitSeconds; });
  });

  // One time axis for every panel of every run.
  const points = (series, from = 0) => {
    const out = [];
    for (let i = from; i < series.points.length; i += 2) out.push(series.points[i]);
    return out;
  };
  const usageTimes = run => run.cpu.concat(run.memory).flatMap(series => [series.points[0], series.points[series.points.length - 2]]);
  const times = runs.flatMap(run => (run.due.length ? [run.start, run.end] : []).concat(usageTimes(run)))
    .filter(time => time !== null);
  const eventTimes = runs.flatMap(run => run.events.map(event => event[0]));
  const all = times.length ? times : eventTimes.length ? eventTimes : [0, 1];
  // Events far outside what was measured would squeeze the rest: they are told in words below.
  const span = Math.max(1 / unitSeconds, Math.max(...all) - Math.min(...all));
  const near = eventTimes.filter(time => time > Math.min(...all) - span / 4 && time < Math.max(...all) + span / 4);
  const low = Math.min(...all, ...near), high = Math.max(...all, ...near);
  const tick = nice((high - low) / 8), fine = tick / 5;
  const round = value => Math.abs(value / tick - Math.round(value / tick)) < 1e-6;
  const xMin = Math.floor(low / fine + 1e-9) * fine, xMax = Math.ceil(high / fine - 1e-9) * fine;
  // The ends of the axis have a label only where it is a round number.
  const clock = value => (value < 0 ? '−' : '') + figure(Math.abs(value));
  const tickLabel = value => (value === xMin || value === xMax) && !round(value) ? '' : clock(value);

  // The same vertical axis for a panel of every run.
  const peak = of => nice(Math.max(0, ...runs.map(of)));
  const most = list => list.reduce((max, value) => value !== null && value > max ? value : max, 0);
  const summed = run => run.due.map((_, i) => Object.values(run.replicas).reduce((sum, counts) => sum + counts[i], 0));
  const yMax = {
    arrivals: peak(run => Math.max(most(run.due), most(run.sent)) / windowSeconds),
    latency: peak(run => most(run.p99)),
    replicas: peak(run => most(summed(run)) / windowSeconds),
    cpu: peak(run => most(run.cpu.flatMap(series => points(series, 1)))),
    memory: peak(run => most(run.memory.flatMap(series => points(series, 1)))),
    curve: peak(run => most(run.curve.map(point => point[1]))),
  };
  const least = values => {
    const positive = values.filter(value => value > 0);
    return positive.length ? Math.pow(10, Math.floor(Math.log10(Math.min(...positive)))) : 1;
  };
  const latencyMin = least(runs.flatMap(run => run.p50.concat(run.curve.map(point => point[1]))));
  const kinds = [...new Set(runs.flatMap(run => run.events.map(event => event[1])))];

  let hovered = null;
  const steps = (start, width, values, map) => {
    const out = values.map((value, i) => [start + i * width, map(value)]);
    if (out.length) out.push([start + values.length * width, out[out.length - 1][1]]);
    return out;
  };
  const rate = count => count / windowSeconds;
  const line = (name, colour, data, extra) => Object.assign({
    type: 'line', name, data, showSymbol: false, symbol: 'none', symbolSize: 5, animation: false,
    lineStyle: { width: 1.6, color: colour }, itemStyle: { color: colour }, emphasis: { disabled: true },
  }, extra);
  // A piece of one point between two gaps is no line: such points get a dot.
  const pairs = flat => {
    const out = [];
    for (let i = 0; i < flat.length; i += 2) {
      const alone = (i === 0 || flat[i - 1] === null) && (i + 3 >= flat.length || flat[i + 3] === null);
      out.push(alone ? { value: [flat[i], flat[i + 1]], symbol: 'circle', symbolSize: 4 } : [flat[i], flat[i + 1]]);
    }
    return out;
  };
  const usage = list => list.map(series => line(series.name, figures.colours[series.name], pairs(series.points), {
    showSymbol: true, symbol: 'none',
    lineStyle: { width: 1.6, color: figures.colours[series.name], type: dash(series.name) },
  }));

  // Stacked by hand: the library would add up the times too. The highest is drawn first, the others
  // over it; the third value of a point is the replica's own.
  const stacked = run => {
    const below = run.due.map(() => 0);
    return Object.entries(run.replicas).map(([name, counts]) => {
      const data = counts.map((count, i) => [run.start + i * figures.window, rate(below[i] += count), rate(count)]);
      if (data.length) data.push([run.start + counts.length * figures.window].concat(data[data.length - 1].slice(1)));
      const colour = figures.colours[name] || '#777777';
      return line(name, colour, data, { step: 'end', lineStyle: { width: 0 }, areaStyle: { color: colour, opacity: 1 } });
    }).map((series, i, list) => Object.assign(series, { z: 2 + (list.length - i) / 100 }));
  };
  const own = item => item.value.length > 2 ? item.value[2] : item.value[1];

  const PANELS = {
    arrivals: {
      unit: '/s', name: 'requests per second', empty: 'No requests were recorded.', has: run => run.due.length,
      series: run => [
        line('sent', '#4477aa', steps(run.start, figures.window, run.sent, rate), { step: 'end', areaStyle: { color: '#4477aa', opacity: .18 } }),
      ].concat(most(run.failed) ? [line('failed', '#ee6677', steps(run.start, figures.window, run.failed, rate), { step: 'end', areaStyle: { color: '#ee6677', opacity: .5 } })] : []).concat([
        // Last, and so on top: where the sender kept up, its line hides none of it.
        line('scheduled', style('--ink'), steps(run.start, figures.window, run.due, rate), { step: 'end', lineStyle: { width: 1, color: style('--ink'), type: 'dashed' } })]),
    },
    latency: {
      unit: ' ms', name: 'milliseconds', empty: 'No request succeeded, so there is no latency to show.', has: run => run.curve.length, log: true,
      series: run => [['p50', '#66ccee'], ['p95', '#4477aa'], ['p99', '#ee6677']].map(([key, colour]) =>
        line(key, colour, run[key].map((value, i) => [run.latencyStart + (i + .5) * figures.latencyWindow, value]), { showSymbol: run[key].length <= 60, symbol: 'circle', symbolSize: 4 })),
    },
    replicas: {
      unit: '/s', name: 'requests per second', empty: 'No answer named the replica that gave it.', has: run => Object.keys(run.replicas).length,
      series: stacked,
    },
    cpu: { unit: ' cores', name: 'cores', empty: 'No samples were recorded.', has: run => run.cpu.length, series: run => usage(run.cpu) },
    memory: { unit: ' MB', name: 'megabytes', empty: 'No samples were recorded.', has: run => run.memory.length, series: run => usage(run.memory) },
  };

  const text = () => ({ color: style('--soft'), fontSize: 11, fontFamily: 'system-ui, sans-serif' });
  const axis = () => ({
    axisLine: { lineStyle: { color: style('--line') } }, axisTick: { lineStyle: { color: style('--line') } },
    axisLabel: text(), nameTextStyle: text(), splitLine: { lineStyle: { color: style('--grid') } },
    axisPointer: { label: { show: false }, lineStyle: { color: style('--soft'), type: 'solid', width: 1 } },
  });
  const timeAxis = () => Object.assign(axis(), {
    type: 'value', min: xMin, max: xMax, minInterval: 0, splitNumber: narrow() ? 4 : 8,
    name: clockUnit, nameLocation: 'end', nameGap: 6,
    axisLabel: Object.assign(text(), { formatter: tickLabel, hideOverlap: true, padding: [0, 8], showMinLabel: round(xMin), showMaxLabel: round(xMax) }),
  });
  const legend = () => ({
    type: 'scroll', top: 0, left: 4, right: 4, itemWidth: 18, itemHeight: 14, itemGap: 14, padding: [2, 5],
    textStyle: Object.assign(text(), { color: style('--ink') }), pageTextStyle: text(),
    pageIconColor: style('--accent'), pageIconInactiveColor: style('--line'),
  });
  const zoom = slider => [
    { type: 'inside', zoomOnMouseWheel: 'shift', moveOnMouseMove: 'shift', moveOnMouseWheel: false, filterMode: 'none', throttle: 60 },
    { type: 'slider', show: slider, height: 20, bottom: 6, filterMode: 'none', throttle: 60, brushSelect: false,
      borderColor: style('--line'), fillerColor: 'rgba(11,99,181,.16)', labelFormatter: clock, textStyle: text(),
      dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
      selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } } },
  ];
  const tooltip = formatter => ({
    trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: style('--paper'), borderColor: style('--line'),
    textStyle: { color: style('--ink'), fontSize: 12 }, formatter,
  });
  const marks = run => run.events.length === 0 ? undefined : {
    silent: true, symbol: 'none', animation: false, label: { show: false },
    lineStyle: { color: style('--soft'), type: 'dotted', width: 1, opacity: .8 },
    data: run.events.map(event => ({ xAxis: event[0] })),
  };
  const ROWS_MAX = 16;
  const listing = (chart, unit) => parameters => {
    if (hovered !== chart.getDom() || !parameters.length) return '';
    const known = parameters.filter(item => own(item) !== null && own(item) !== undefined);
    known.sort((a, b) => own(b) - own(a));
    const rows = known.slice(0, ROWS_MAX).map(item => item.marker + escaped(item.seriesName) + ' <b>' + figure(own(item)) + unit + '</b>');
    if (known.length > ROWS_MAX) rows.push('and ' + (known.length - ROWS_MAX) + ' more');
    return '<b>' + clock(parameters[0].axisValue) + ' ' + clockUnit + '</b><br>' + rows.join('<br>');
  };

  function timeOption(chart, panel, run) {
    const of = PANELS[panel], slider = panel === 'arrivals', log = of.log && logarithmic;
    const series = of.series(run);
    const marked = marks(run);
    if (marked && series.length) series[0].markLine = marked;
    return {
      animation: false, legend: Object.assign(legend(), panel === 'replicas' ? { icon: 'roundRect' } : {}), dataZoom: zoom(slider), series,
      tooltip: tooltip(listing(chart, of.unit)),
      grid: { left: 58, right: 40, top: 58, bottom: slider ? 66 : 30 },
      xAxis: timeAxis(),
      yAxis: Object.assign(axis(), { type: log ? 'log' : 'value', min: log ? latencyMin : 0, max: log ? undefined : yMax[panel], name: of.name, nameLocation: 'end',
        nameTextStyle: Object.assign(text(), { align: 'left', padding: [0, 0, 0, -48] }),
        axisLabel: Object.assign(text(), { formatter: figure }) }),
    };
  }

  // Arrivals, replicas and the promised percentile, one above the other, over one axis of time.
  const scaled = runs.filter(run => run.scale);
  const scalePeak = of => nice(Math.max(0, ...scaled.map(of)));
  const percentiles = run => run.scale.latency.map((value, i) => [run.latencyStart + (i + .5) * figures.latencyWindow, value]);
  const counted = (run, column) => {
    const counts = run.scale.counts.map(one => [Math.min(Math.max(one[0], xMin), xMax), one[column]]);
    return counts.concat([[Math.min(Math.max(run.end, counts[counts.length - 1][0]), xMax), counts[counts.length - 1][1]]]);
  };
  const latest = (data, x) => data.reduce((found, one) => one[0] <= x ? one[1] : found, null);
  function scalingTip(run) {
    return parameters => {
      if (!parameters.length) return '';
      const x = parameters[0].axisValue, scale = run.scale;
      const i = Math.floor((x - run.start) / figures.window), j = Math.floor((x - run.latencyStart) / figures.latencyWindow);
      const rows = [
        'arrivals <b>' + figure(i >= 0 && i < run.due.length ? rate(run.due[i]) : null) + '/s</b>',
        'replicas wanted <b>' + figure(latest(scale.counts, x)) + '</b>, running <b>' + figure(latest(scale.counts.map(one => [one[0], one[2]]), x)) + '</b>',
        escaped(scale.percentile) + ' <b>' + figure(scale.latency[j]) + ' ms</b>'];
      scale.decisions.filter(one => Math.abs(one[0] - x) < (xMax - xMin) / 80).slice(0, 4).forEach(one =>
        rows.push('<b>' + one[2] + ' → ' + one[1] + '</b> ' + escaped(one[3])));
      return '<b>' + clock(x) + ' ' + clockUnit + '</b><br>' + rows.join('<br>');
    };
  }
  function scalingOption(chart, run) {
    const scale = run.scale, last = 2, row = 148;
    const names = ['requests per second', 'replicas', scale.percentile + ', milliseconds' + (scale.promise ? '; dashed: ' + scale.promise : '')];
    const tops = [yMax.arrivals,
      scalePeak(one => Math.max(...one.scale.counts.map(count => Math.max(count[1], count[2])), ...one.scale.decisions.map(decision => decision[1]))),
      scalePeak(one => Math.max(most(one.scale.latency), (one.scale.bound || 0) * 1.1))];
    // Two steps fit into so low a panel; those of replicas are whole.
    const every = tops.map((most, i) => i === 1 ? Math.ceil(most / 3) : most / 2);
    const tip = scalingTip(run);
    const on = (i, series) => Object.assign(series, { xAxisIndex: i, yAxisIndex: i });
    const bound = scale.bound === null ? undefined : { silent: true, symbol: 'none', animation: false,
      lineStyle: { color: style('--ink'), type: 'dashed', width: 1 }, label: { show: false },
      data: [{ yAxis: scale.bound }] };
    return {
      animation: false, legend: legend(), dataZoom: zoom(false).map(one => Object.assign(one, { xAxisIndex: [0, 1, 2] })),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: Object.assign(tooltip(parameters => hovered !== chart.getDom() ? '' : tip(parameters)), { extraCssText: 'max-width: 460px; white-space: normal;' }),
      grid: names.map((_, i) => ({ left: 58, right: 40, top: 58 + i * row, height: row - 42 })),
      xAxis: names.map((_, i) => {
        const one = Object.assign(timeAxis(), { gridIndex: i });
        if (i < last) Object.assign(one, { name: '', axisLabel: { show: false } });
        return one;
      }),
      yAxis: names.map((name, i) => Object.assign(axis(), { type: 'value', gridIndex: i, min: 0, max: Math.ceil(tops[i] / every[i]) * every[i], interval: every[i],
        name, nameLocation: 'end', nameGap: 8, nameTextStyle: Object.assign(text(), { align: 'left', padding: [0, 0, 0, -48] }),
        axisLabel: Object.assign(text(), { formatter: figure }) })),
      series: [
        on(0, line('arrivals', '#4477aa', steps(run.start, figures.window, run.due, rate), { step: 'end', lineStyle: { width: 1, color: '#4477aa' }, areaStyle: { color: '#4477aa', opacity: .18 } })),
        on(1, line('running', '#66ccee', counted(run, 2), { step: 'end', lineStyle: { width: 0 }, areaStyle: { color: '#66ccee', opacity: .45 } })),
        on(1, line('wanted', '#228833', counted(run, 1), { step: 'end' })),
        on(1, { type: 'scatter', name: 'decision', symbol: 'diamond', symbolSize: 10, z: 5, itemStyle: { color: '#aa3377' }, data: scale.decisions.map(one => [one[0], one[1]]) }),
        on(2, line(scale.percentile, '#ee6677', percentiles(run), { markLine: bound, showSymbol: scale.latency.length <= 60, symbol: 'circle', symbolSize: 4 })),
      ],
    };
  }

  const LANE = 40;
  function eventsOption(chart, run) {
    return {
      animation: false, dataZoom: zoom(false), grid: { left: 58, right: 40, top: 10, bottom: 30 }, xAxis: timeAxis(),
      yAxis: Object.assign(axis(), { type: 'category', data: kinds, inverse: true, splitLine: { show: true, lineStyle: { color: style('--grid') } },
        axisTick: { show: false }, axisLabel: Object.assign(text(), { inside: true, margin: 6, verticalAlign: 'bottom', padding: [0, 0, 5, 0] }), z: 5 }),
      tooltip: Object.assign(tooltip(item => hovered !== chart.getDom() ? '' : '<b>' + clock(item.value[0]) + ' ' + clockUnit + '</b> ' + escaped(item.value[1]) + ' ' + escaped(item.value[2]) + '<br>' + escaped(item.value[3])), { trigger: 'item' }),
      series: [{ type: 'scatter', symbol: 'diamond', symbolSize: 11, symbolOffset: [0, 7], itemStyle: { color: style('--accent') }, data: run.events }],
    };
  }

  const nines = inverse => {
    const percent = 100 - 100 / inverse;
    return (inverse < 1.5 ? '0' : percent.toFixed(Math.max(0, Math.round(Math.log10(inverse)) - 2))) + ' %';
  };
  function curveOption(chart) {
    const end = Math.pow(10, Math.ceil(Math.log10(Math.max(10, ...runs.flatMap(run => run.curve.map(point => point[0]))))));
    return {
      animation: false, legend: legend(), grid: { left: 64, right: 36, top: 62, bottom: 46 },
      xAxis: Object.assign(axis(), { type: 'log', min: 1, max: end, name: 'percentile', nameLocation: 'middle', nameGap: 28,
        axisLabel: Object.assign(text(), { formatter: nines }), minorSplitLine: { show: false } }),
      yAxis: Object.assign(axis(), { type: logarithmic ? 'log' : 'value', min: logarithmic ? latencyMin : 0, max: logarithmic ? undefined : yMax.curve, name: 'latency, milliseconds',
        nameTextStyle: Object.assign(text(), { align: 'left', padding: [0, 0, 0, -54] }), axisLabel: Object.assign(text(), { formatter: figure }) }),
      tooltip: tooltip(parameters => {
        if (hovered !== chart.getDom() || !parameters.length) return '';
        const percent = 100 - 100 / parameters[0].value[0];
        const digits = Math.max(1, Math.ceil(Math.log10(parameters[0].value[0])) - 1);
        return '<b>' + percent.toFixed(digits) + ' %</b> are within<br>' + parameters.map(item => item.marker + escaped(item.seriesName) + ' <b>' + figure(item.value[1]) + ' ms</b>').join('<br>');
      }),
      series: runs.map((run, i) => line(run.label, RUN_COLOURS[i % 8], run.curve, { lineStyle: { width: 2, color: RUN_COLOURS[i % 8] } })),
    };
  }

  const charts = [];
  function empty(place, words) {
    place.className = '';
    const note = document.createElement('p');
    note.className = 'empty';
    note.textContent = words;
    place.replaceChildren(note);
  }
  function place(element) {
    const panel = element.dataset.panel, run = runs[Number(element.dataset.run)];
    if (panel === 'curve') {
      if (!runs.some(one => one.curve.length)) return empty(element, 'No request succeeded, so there is no latency to show.');
    } else if (panel === 'events') {
      if (!run.events.length) return empty(element, 'No events were recorded.');
      element.style.height = 44 + kinds.length * LANE + 'px';
    } else if (panel === 'scaling') {
      if (!run.scale) return empty(element, 'The number of replicas was not recorded.');
    } else if (!PANELS[panel].has(run)) {
      return empty(element, PANELS[panel].empty);
    }
    const chart = echarts.init(element, null, { renderer: 'canvas', devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    const option = () => panel === 'curve' ? curveOption(chart) : panel === 'events' ? eventsOption(chart, run) : panel === 'scaling' ? scalingOption(chart, run) : timeOption(chart, panel, run);
    element.addEventListener('mouseenter', () => { hovered = element; });
    chart.on('finished', () => {
      element.dataset.drawn = 'yes';
      page.dataset.drawn = String(document.querySelectorAll('[data-drawn="yes"]').length);
      page.dataset.requests = String(performance.getEntriesByType('resource').length);
    });
    chart.setOption(option());
    if (panel !== 'curve') chart.group = 'time';
    charts.push({ chart, option });
    new ResizeObserver(() => chart.resize()).observe(element);
  }
  const redraw = () => charts.forEach(({ chart, option }) => {
    const zoomed = chart.getOption().dataZoom;
    chart.setOption(option(), true);
    if (zoomed && zoomed.length) chart.dispatchAction({ type: 'dataZoom', start: zoomed[0].start, end: zoomed[0].end });
  });

  document.querySelectorAll('.chart').forEach(place);
  page.dataset.charts = String(charts.length);
  echarts.connect('time');
  darkness.addEventListener('change', redraw);
  window.addEventListener('beforeprint', redraw);
  window.addEventListener('afterprint', redraw);
  document.getElementById('reset').addEventListener('click', () =>
    charts.filter(({ chart }) => chart.group === 'time').forEach(({ chart }) => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 })));
  document.querySelectorAll('.log').forEach(button => button.addEventListener('click', () => {
    logarithmic = !logarithmic;
    document.querySelectorAll('.log').forEach(one => one.setAttribute('aria-pressed', String(logarithmic)));
    redraw();
  }));
  document.querySelectorAll('.copy').forEach(button => button.addEventListener('click', () => {
    const code = button.parentElement.querySelector('code');
    const selection = window.getSelection();
    const done = () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 1500); };
    selection.selectAllChildren(code);
    if (document.execCommand('copy')) done();
    else if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(done);
  }));
})();
