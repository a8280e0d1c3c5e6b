package dev.weir.load.send;

import dev.weir.arrivals.Schedule;
import dev.weir.load.pace.Pacer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Sends every request of a schedule when it is due, regardless of earlier ones.
///
/// Its threads only wait for the clock and write. If no connection is idle, the response loop sends
/// the request later.
final class Sender {
  /*
   * A send takes as long as the kernel needs to deliver it, on loopback all the way into the
   * server's socket: some tens of microseconds. With a single thread, a request due in that time
   * would be late by the rest of it, and a Poisson stream has many of those.
   */
  private static final int THREADS_MAX = 2;

  private final Schedule schedule;
  private final RequestWriter writer;
  private final Consumer<LoopMessage> notes;
  private final int threadCount = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ScheduleGate gate = new ScheduleGate();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean done;

  Sender(Schedule schedule, ByteBuffer message, ConnectionPool pool, Consumer<LoopMessage> notes) {
    this.schedule = schedule;
    this.notes = notes;
    this.writer = new RequestWriter(message, pool, notes);
  }

  /// Starts sending; the schedule's zero is `epochNanos` of System.nanoTime.
  void start(long epochNanos) {
    running.set(threadCount);
    for (int i = 0; i < threadCount; i++) {
      var name = "weir-send-" + i;
      threads.add(Thread.ofPlatform().name(name).daemon().start(() -> run(epochNanos)));
    }
  }

  /// How many requests have come due: sent, left to the response loop, or about to be.
  int issued() {
    return gate.count();
  }

  /// How many of them found no idle connection.
  int waited() {
    return writer.waited();
  }

  /// Whether all requests have been issued.
  boolean done() {
    return done;
  }

  boolean stopped() {
    return gate.isClosed();
  }

  /// Stops before the next request.
  void stop() {
    gate.close();
    threads.forEach(LockSupport::unpark);
  }

  private void run(long epochNanos) {
    try {
      var pacer = new Pacer(gate::isClosed);
      pacer.sharpen();
      int size = schedule.size();
      for (int number = next.getAndIncrement();
          number < size && issue(number, epochNanos + schedule.dueNanos(number), pacer);
          number = next.getAndIncrement()) {}
    } finally {
      if (running.decrementAndGet() == 0) {
        done = true;
        notes.accept(new LoopMessage.SendingEnded());
      }
    }
  }

  /// Returns whether there may be more to send.
  private boolean issue(int number, long dueNanos, Pacer pacer) {
    pacer.park(dueNanos);
    if (!gate.pass(number)) {
      return false;
    }
    writer.send(number, dueNanos, pacer);
    return true;
  }
}
