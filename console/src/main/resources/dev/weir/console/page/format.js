/// Numbers as people read them. A value that is not known is a dash, never a zero.

export const NONE = '–';
const known = (value) => typeof value === 'number' && Number.isFinite(value);
export { known };

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/// Three figures that count: 0.42, 3.1, 38, 1,240.
export function number(value) {
  if (!known(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size >= 99.95) {
    return GROUPED.format(value);
  }
  if (size >= 10 || Number.isInteger(value)) {
    return String(Math.round(value * 10) / 10);
  }
  return String(Math.round(value * 100) / 100);
}

/// A count of whole things.
export const whole = (value) => (known(value) ? GROUPED.format(value) : NONE);

/// Seconds of latency: 0.8 ms, 212 ms, 1.24 s.
export function latency(seconds) {
  if (!known(seconds)) {
    return NONE;
  }
  const millis = seconds * 1000;
  if (millis < 10) {
    return `${Math.round(millis * 10) / 10} ms`;
  }
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(millis < 10000 ? 2 : 1)} s`;
}

export const percent = (share) => (known(share) ? `${Math.round(share * 100)} %` : NONE);

/// Bytes in binary units, as Docker prints them.
export function bytes(value) {
  if (!known(value)) {
    return NONE;
  }
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : Math.round(size * 10) / 10} ${units[unit]}`;
}

/// A part of a whole, in the unit of the whole: 3.3 of 8 GiB.
export function bytesOf(part, total) {
  const [size, unit] = bytes(total).split(' ');
  const scale = total / Number(size);
  return `${known(part) ? Math.round((part / scale) * 10) / 10 : NONE} of ${size} ${unit}`;
}

export const cores = (value) => (known(value) ? String(Math.round(value * 100) / 100) : NONE);

/// How long something lasts: 0.4 s, 12 s, 3 min, 2 h 5 min, 4 d.
export function span(millis) {
  if (!known(millis)) {
    return NONE;
  }
  const seconds = Math.max(0, millis / 1000);
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 100) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} d`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/// The time of day, in the viewer's zone.
export const clock = (millis) => (known(millis) ? CLOCK.format(millis) : NONE);

export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;

/// `p99<300ms` as its percentile and its bound in seconds, or null.
export function promise(written) {
  const found = /^p(\d+(?:\.\d+)?)\s*<=?\s*(\d+(?:\.\d+)?)\s*(us|µs|ms|s|m)?$/.exec(written ?? '');
  if (!found) {
    return null;
  }
  const unit = { us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60 }[found[3] ?? 's'];
  return { percentile: Number(found[1]), seconds: Number(found[2]) * unit };
}

/// An image without its registry and digest: `weir/primecheck:1.2`.
export function image(name) {
  const plain = String(name ?? '').split('@')[0];
  const parts = plain.split('/');
  const hasRegistry = parts.length > 1 && /[.:]|^localhost$/.test(parts[0]);
  return hasRegistry ? parts.slice(1).join('/') : plain;
}

const ORDER = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/// Names in the order of people: n2 before n10.
export const byName = (a, b) => ORDER.compare(a, b);
