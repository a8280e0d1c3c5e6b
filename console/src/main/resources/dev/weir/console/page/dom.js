/// Small tools for elements. Everything that comes from the swarm goes in as text, never as markup.

export const $ = (id) => document.getElementById(id);

/// Makes an element: `h('b', {class: 'x', onclick: f}, 'text', other)`.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/// The same for SVG.
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/// Sets the text if it differs: writing the same text would still cost layout.
export function text(element, value) {
  const now = String(value ?? '');
  if (element.weirText !== now) {
    element.weirText = now;
    element.textContent = now;
  }
}

/// Sets or removes an attribute if it differs.
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) {
      element.removeAttribute(name);
    }
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/// Sets the class list if it differs.
export function classes(element, value) {
  if (element.className !== value) {
    element.className = value;
  }
}

/// Sets a custom property through CSSOM, which a strict policy allows.
export function property(element, name, value) {
  const now = String(value);
  const known = (element.weirProperties ??= {});
  if (known[name] !== now) {
    known[name] = now;
    element.style.setProperty(name, now);
  }
}

/// Brings the children of `parent` into the order of `elements`, moving only those that are not in
/// their place, and removing the others.
export function arrange(parent, elements) {
  let at = parent.firstChild;
  for (const element of elements) {
    if (element === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(element, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/// A map from key to what was made for it: `get` makes what is missing, `keep` drops the rest.
export class Kept {
  #made = new Map();

  constructor(make) {
    this.make = make;
  }

  get(key) {
    let part = this.#made.get(key);
    if (part === undefined) {
      part = this.make(key);
      this.#made.set(key, part);
    }
    return part;
  }

  has(key) {
    return this.#made.has(key);
  }

  peek(key) {
    return this.#made.get(key);
  }

  drop(key) {
    this.#made.delete(key);
  }

  keep(keys) {
    for (const key of this.#made.keys()) {
      if (!keys.has(key)) {
        this.#made.delete(key);
      }
    }
  }

  values() {
    return this.#made.values();
  }
}

/// Calls `act` with the size of an element, now and when it changes, in a frame of its own. Returns
/// the observer, to end it.
export function onResize(element, act) {
  const observer = new ResizeObserver(([entry]) => requestAnimationFrame(() => act(entry.contentRect)));
  observer.observe(element);
  return observer;
}

/// Says a short sentence to screen readers, at most one in a while.
let spoken = 0;
export function say(sentence) {
  clearTimeout(spoken);
  spoken = setTimeout(() => text($('say'), sentence), 400);
}
