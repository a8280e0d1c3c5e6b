/// The drawer: one service or one task, opened.
import { $, attribute, h, say } from './dom.js';
import { ServiceView } from './service.js';
import { TaskView } from './task.js';

export class Drawer {
  #view = null;
  #from = null;

  constructor(app) {
    this.app = app;
    this.box = $('drawer');
    addEventListener('hashchange', () => this.#follow());
  }

  /// Opens what the address names, when the first picture is there.
  start() {
    this.#follow();
  }

  get current() {
    return this.#view ? { kind: this.#view.kind, id: this.#view.id } : null;
  }

  open(kind, id) {
    if (this.#view?.kind === kind && this.#view?.id === id) {
      this.box.focus();
      return;
    }
    if (this.box.hidden) {
      this.#from = document.activeElement;
    }
    location.hash = `${kind}/${encodeURIComponent(id)}`;
  }

  close() {
    if (this.#view) {
      history.pushState(null, '', location.pathname + location.search);
      this.#hide();
    }
  }

  #follow() {
    const [kind, written] = location.hash.slice(1).split('/');
    if ((kind === 'service' || kind === 'task') && written) {
      let id = written;
      try {
        id = decodeURIComponent(written);
      } catch {
        // A broken address names nothing; it is shown as unknown.
      }
      this.#show(kind, id);
    } else {
      this.#hide();
    }
  }

  #show(kind, id) {
    this.#view?.close();
    this.#view = kind === 'service' ? new ServiceView(this.app, id) : new TaskView(this.app, id);
    const close = h('button', { type: 'button', class: 'icon close', 'aria-label': 'Close', 'aria-keyshortcuts': 'Escape', onclick: () => this.close() }, '✕');
    this.box.replaceChildren(this.#view.head(close), this.#view.body());
    attribute(this.box, 'hidden', null);
    this.box.scrollTop = 0;
    this.#view.start();
    this.#view.update(null);
    this.box.focus({ preventScroll: true });
    this.app.mark(kind, id);
    say(`${kind} opened`);
  }

  #hide() {
    if (this.#view) {
      this.#view.close();
      this.#view = null;
      attribute(this.box, 'hidden', '');
      this.box.replaceChildren();
      this.app.mark('', '');
      if (this.#from?.isConnected) {
        this.#from.focus({ preventScroll: true });
      }
    }
  }

  update(touched) {
    this.#view?.update(touched);
  }
}
