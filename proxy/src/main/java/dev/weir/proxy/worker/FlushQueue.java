package dev.weir.proxy.worker;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;

/// The channels of one event loop that were written to and are flushed once, after everything else
/// that this turn of the loop brings.
///
/// Only the loop's own thread may use it.
final class FlushQueue {
  private final EventLoop loop;
  private final Runnable flush = this::flush;
  private ArrayList<Channel> unflushed = new ArrayList<>();
  private ArrayList<Channel> flushing = new ArrayList<>();
  private long flushes;
  private long flushesAtBeat;
  private boolean unflushedAtBeat;

  FlushQueue(EventLoop loop) {
    this.loop = loop;
  }

  /// Has `channel` flushed at the end of this turn.
  void add(Channel channel) {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("not on the event loop that owns this");
    }
    if (unflushed.isEmpty()) {
      loop.execute(flush);
    }
    if (unflushed.isEmpty() || !unflushed.getLast().equals(channel)) {
      unflushed.add(channel);
    }
  }

  private void flush() {
    ArrayList<Channel> now = unflushed;
    unflushed = flushing;
    flushing = now;
    flushes++;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
  }

  /// Shows that this loop serves: what was written before the last beat has been flushed.
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
