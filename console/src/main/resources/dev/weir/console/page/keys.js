/// Keys, and the dialog that lists them with the signs of the map.
import { $, h } from './dom.js';
import * as api from './api.js';

const KEYS = [
  ['/', 'Filter. Words must all match; node:n2, service:web, state:failed, image:, stack:, role:, health: look at one field'],
  ['s', 'Services'],
  ['m', 'Map: then arrow keys, Home, End; Enter opens a task'],
  ['e', 'Events'],
  ['t', 'Time: then arrow keys move by a second, Page Up and Page Down by more'],
  ['l', 'Live, back from the past'],
  ['v', 'Nodes as cards or as a table'],
  ['c', 'Fold or unfold all nodes'],
  ['Esc', 'Close what is open; else clear the filter; else go live'],
  ['?', 'This'],
];
const LOOKS = [
  ['run', 'runs; the bar below: in flight of its limit'],
  ['start', 'starts'],
  ['drain', 'is stopping, or drains'],
  ['sick', 'gets no requests: the balancer saw it fail'],
  ['fail', 'failed; stays for five minutes'],
  ['done', 'ended in order'],
  ['lost', 'was on a node that is down'],
];

export class Keys {
  constructor(app) {
    this.app = app;
    $('help-open').addEventListener('click', () => this.help());
    addEventListener('keydown', (event) => this.#key(event));
    $('filter').addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.#clear();
        event.target.blur();
      } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault();
        (document.querySelector('.tile[tabindex="0"]:not(.off)') ?? $('services')).focus();
      }
    });
  }

  #clear() {
    $('filter').value = '';
    this.app.refilter();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') || isTyping(event.target)) {
      return;
    }
    const act = {
      '/': () => $('filter').select(),
      '?': () => this.help(),
      s: () => go('services', '.service .name'),
      m: () => go('map', '.tile[tabindex="0"]'),
      e: () => go('events', '#events-list:not([hidden])'),
      t: () => $('time').focus(),
      l: () => this.app.live(),
      v: () => this.app.map.turn(),
      c: () => this.app.map.foldAll(),
      Escape: () => this.#escape(),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #escape() {
    if ($('why').matches(':popover-open')) {
      $('why').hidePopover();
    } else if (this.app.drawer.current) {
      this.app.drawer.close();
    } else if (this.app.filter.active) {
      this.#clear();
    } else if (this.app.past) {
      this.app.live();
    }
  }

  help() {
    const dialog = $('help');
    dialog.replaceChildren(
      h('h2', { id: 'help-title' }, 'Keys and signs'),
      h('dl', { class: 'keys' }, ...KEYS.map(([key, words]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, words)))),
      h('ul', { class: 'looks' }, ...LOOKS.map(([look, words]) => h('li', {}, h('span', { class: 'tile c2 p0', 'data-look': look, 'aria-hidden': 'true' }, h('span', { class: 't' }, look === 'fail' ? '✕we' : 'we')), words))),
      h('p', { class: 'hint' }, 'Each service has a colour, a pattern and two letters. Click a figure to see its formula with the present numbers.'),
      h('div', { class: 'ask-buttons' },
        this.app.session.login === false ? null : h('button', { type: 'button', class: 'plain', onclick: () => api.logout() }, 'Log out'),
        h('button', { type: 'button', class: 'primary', autofocus: true, onclick: () => dialog.close() }, 'Close')));
    dialog.showModal();
  }
}

function isTyping(target) {
  return target instanceof Element && target.matches('input:not([type=range]), textarea, select');
}

function go(section, inner) {
  const box = $(section);
  const target = (inner && box.querySelector(inner)) || box;
  box.scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: target === box });
}
