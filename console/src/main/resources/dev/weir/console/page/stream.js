/// The one stream, kept open: it connects again by itself, waits longer after each failure, and
/// notices a silence.

const WAIT_MIN = 1000;
const WAIT_MAX = 30000;
/// Heartbeats are comments, which EventSource does not show. After so long without an event the
/// console is asked whether it is there.
const SILENCE = 30000;
const ANSWER = 5000;

export class Stream {
  #source = null;
  #last = '';
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
    const source = new EventSource(this.#last ? `${this.url}?last=${encodeURIComponent(this.#last)}` : this.url);
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
    this.#last = event.lastEventId;
    this.listener.message(kind, JSON.parse(event.data));
  }

  #heard() {
    this.#wait = WAIT_MIN;
    this.#become('on');
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#silent(), SILENCE);
  }

  /// Nothing may have changed, or the connection is gone without a word.
  async #silent() {
    try {
      await fetch('/api/session', { signal: AbortSignal.timeout(ANSWER) });
      this.again();
    } catch {
      this.#lost(this.#source);
    }
  }

  #lost(source) {
    if (source !== this.#source || source === null) {
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
      const answer = await fetch('/api/session', { signal: AbortSignal.timeout(ANSWER) });
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
