package dev.weir.load.record;

import dev.weir.run.RequestRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Adds ended requests to distributions, on its own thread.
public final class Recorder implements Runnable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final RequestJournal journal;
  private final RequestListener listener;
  private final Distribution latency = new Distribution();
  private final Distribution service = new Distribution();
  private final Distribution lag = new Distribution();

  private int taken;
  private long errors;
  private @Nullable RuntimeException listenerFailure;
  private volatile boolean closed;
  private @Nullable Thread thread;

  public Recorder(RequestJournal journal, RequestListener listener) {
    this.journal = journal;
    this.listener = listener;
  }

  public void start() {
    thread = Thread.ofPlatform().name("weir-record").daemon().start(this);
  }

  /// Adds all requests that have ended by now, and then stops.
  public void close() throws InterruptedException {
    closed = true;
    Thread recording = thread;
    if (recording != null) {
      LockSupport.unpark(recording);
      recording.join();
    }
  }

  @Override
  public void run() {
    boolean last;
    do {
      last = closed;
      take();
      if (!last) {
        LockSupport.parkNanos(this, PERIOD_NANOS);
      }
    } while (!last);
  }

  public synchronized long errors() {
    return errors;
  }

  public synchronized long latencyNanos(double percent) {
    return latency.percentileNanos(percent);
  }

  /// What the listener threw; it was not called again after it.
  public synchronized Optional<RuntimeException> listenerFailure() {
    return Optional.ofNullable(listenerFailure);
  }

  /// From due to the response, of the requests that got a response. Complete after [#close].
  public Distribution latency() {
    return latency;
  }

  /// From sent to the response, of the same requests.
  public Distribution service() {
    return service;
  }

  /// From due to sent, of all requests.
  public Distribution lag() {
    return lag;
  }

  private void take() {
    int until = journal.completed();
    while (taken < until) {
      RequestRecord ended = journal.ended(taken++);
      add(ended);
      report(ended);
    }
  }

  /*
   * A request without a response has no latency. Leaving a timeout out would flatter the server,
   * because its user did wait that long; so timeouts count.
   */
  private synchronized void add(RequestRecord ended) {
    lag.add(ended.lagNanos());
    errors += ended.succeeded() ? 0 : 1;
    if (ended.error().isEmpty() || ended.error().equals("timeout")) {
      latency.add(ended.latencyNanos());
      service.add(ended.serviceNanos());
    }
  }

  private void report(RequestRecord ended) {
    if (listenerFailure().isPresent()) {
      return;
    }
    try {
      listener.responded(ended);
    } catch (RuntimeException e) {
      synchronized (this) {
        listenerFailure = e;
      }
    }
  }
}
