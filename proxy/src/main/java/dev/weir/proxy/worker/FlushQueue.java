package dev.weir.proxy.worker;

import io.netty.channel.EventLoop;
import java.util.ArrayList;

/// The connections of one event loop that have unflushed writes. Each is flushed once, at the end
/// of the loop's turn.
///
/// Only the loop's own thread may use it.
final class FlushQueue {
  private final EventLoop loop;
  private final Runnable flush = this::flush;
  private ArrayList<Flushed> unflushed = new ArrayList<>();
  private ArrayList<Flushed> flushing = new ArrayList<>();
  private long flushes;
  private long flushesAtBeat;
  private boolean unflushedAtBeat;
  private Runnable flushed = () -> {};

  FlushQueue(EventLoop loop) {
    this.loop = loop;
  }

  /// Sets what runs after each flush.
  void whenFlushed(Runnable action) {
    flushed = action;
  }

  /// Flushes `connection` at the end of this turn.
  void add(Flushed connection) {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("not on the event loop that owns this");
    }
    if (unflushed.isEmpty()) {
      loop.execute(flush);
    }
    if (unflushed.isEmpty() || !unflushed.getLast().equals(connection)) {
      unflushed.add(connection);
    }
  }

  private void flush() {
    ArrayList<Flushed> now = unflushed;
    unflushed = flushing;
    flushing = now;
    flushes++;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
    flushed.run();
  }

  /// Checks that this loop runs: everything written before the last beat has been flushed.
  ///
  /// @throws IllegalStateException if it has not
  void beat() {
    if (unflushedAtBeat && flushes == flushesAtBeat) {
      throw new IllegalStateException("what was written is not flushed");
    }
    unflushedAtBeat = !unflushed.isEmpty();
    flushesAtBeat = flushes;
  }
}
