/// The look of each service: a colour, a pattern and two letters. Once given they stay as long as
/// the page is open, so that nothing changes colour when a service comes or goes.
import { byName } from './format.js';

const COLOURS = 9;
const PATTERNS = 4;
const given = new Map();
const looks = new Set();
const letters = new Set();

/// `weir_web` of the stack `weir` is `web`.
export function shortName(service) {
  const name = String(service?.name ?? service?.id ?? '?');
  const prefix = service?.stack ? `${service.stack}_` : '';
  return prefix && name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/// Gives looks to those services that have none yet, in the order of their names.
export function assign(services) {
  const fresh = services.filter((service) => !given.has(service.id));
  fresh.sort((a, b) => byName(String(a.name), String(b.name)));
  for (const service of fresh) {
    const look = freeLook(Number.isFinite(service.hue) ? Math.floor(service.hue / 40) : given.size);
    looks.add(look);
    given.set(service.id, {
      classes: `c${look % COLOURS} p${Math.floor(look / COLOURS)}`,
      letters: lettersOf(shortName(service)),
    });
  }
}

/// The look of a service by its id; a plain one for services that are not known.
export const lookOf = (id) => given.get(id) ?? { classes: 'c5 p0', letters: '?' };

/// The wished colour or the next free one; with a pattern only once all plain colours are taken.
function freeLook(wished) {
  for (let i = 0; i < COLOURS * PATTERNS; i++) {
    const look = Math.floor(i / COLOURS) * COLOURS + ((wished + i) % COLOURS);
    if (!looks.has(look)) {
      return look;
    }
  }
  return wished % COLOURS;
}

function lettersOf(name) {
  const signs = [...name.toLowerCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  const first = signs[0] ?? '?';
  const second = [...signs.slice(1), ...'abcdefghijklmnopqrstuvwxyz0123456789'];
  const choice = second.map((sign) => first + sign).find((pair) => !letters.has(pair)) ?? first;
  letters.add(choice);
  return choice;
}
