/// The one stream, kept open: it connects again by itself, waits longer after each failure, and
/// notices a silence.

const WAIT_MIN = 1000;
const WAIT_MAX = 30000;
/// A heartbeat comes every 15 s; EventSource does not show comments, so that a picture at least
/// this often is what we rely on: the console publishes the age of its knowledge.
const SILENCE = 45000;

export class Stream {
  #source = null;
  #wait = WAIT_MIN;
  #timer = 0;
  #watch = 0;
  since = Date.now();
  state = 'wait';

  /// @param {{message: function(string, object), state: function(string)}} listener
  constructor(url, listener) {
    this.url = url;
    this.listener = listener;
    addEventListener('online', () => this.again());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.state === 'off') {
        this.again();
      }
    });
  }

  /// Connects now, whatever the wait was.
  again() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource(this.url);
    this.#source = source;
    for (const kind of ['snapshot', 'delta']) {
      source.addEventListener(kind, (event) => this.#arrived(kind, event));
    }
    source.onopen = () => this.#heard();
    source.onerror = () => this.#lost(source);
  }

  close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#source?.close();
  }

  #arrived(kind, event) {
    this.#heard();
    this.listener.message(kind, JSON.parse(event.data));
  }

  #heard() {
    this.#wait = WAIT_MIN;
    this.#become('on');
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(this.#source), SILENCE);
  }

  async #lost(source) {
    if (source !== this.#source) {
      return;
    }
    clearTimeout(this.#watch);
    this.#become('off');
    // The browser itself tries again while CONNECTING, with Last-Event-ID; else we have to.
    if (source.readyState === EventSource.CONNECTING && this.#wait === WAIT_MIN) {
      this.#wait *= 2;
      return;
    }
    source.close();
    this.#source = null;
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(WAIT_MAX, this.#wait * 2);
    this.#timer = setTimeout(() => this.#retry(), wait);
  }

  /// A stream that was refused says nothing about why: the session does.
  async #retry() {
    try {
      const answer = await fetch('/api/session', { headers: { Accept: 'application/json' } });
      if (answer.status === 401) {
        location.assign('/login' + location.hash);
        return;
      }
    } catch {
      // Still away: the stream's own failure sets the next wait.
    }
    this.again();
  }

  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.since = Date.now();
      this.listener.state(state);
    }
  }
}
