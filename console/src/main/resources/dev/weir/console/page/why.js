/// The small window that explains a figure: its formula, the same with the present numbers, and
/// what it means.
import { $, h } from './dom.js';

const sources = new WeakMap();

/// A figure that says why. `explain` is asked when the window opens and returns
/// {title, formula, numbers, note}; it may return a promise.
export function figure(explain, attributes = {}) {
  const button = h('button', { type: 'button', class: 'fig', 'aria-haspopup': 'dialog', ...attributes });
  whyOf(button, explain);
  return button;
}

/// Makes a button open the window.
export function whyOf(button, explain) {
  sources.set(button, explain);
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    open(button);
  });
}

async function open(button) {
  const box = $('why');
  const explained = await sources.get(button)();
  if (!explained) {
    return;
  }
  box.replaceChildren(
    h('h3', { id: 'why-title' }, explained.title),
    ...(explained.formula ? [h('p', { class: 'formula' }, explained.formula)] : []),
    ...(explained.numbers && explained.numbers !== '–' ? [h('p', { class: 'formula numbers' }, explained.numbers)] : []),
    ...[explained.note ?? []].flat().map((line) => h('p', {}, line)),
  );
  box.showPopover();
  place(box, button);
}

function place(box, button) {
  const at = button.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
  const below = at.bottom + 6;
  const top = below + size.height > innerHeight - 8 ? Math.max(8, at.top - size.height - 6) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
