package dev.weir.load;

import dev.weir.arrivals.Schedule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends every request of a schedule when it is due, whatever became of the ones before it.
///
/// One thread of its own does nothing else: it opens no connection, reads no answer and waits for
/// nothing but the clock. A request for which no connection is idle is left to the answer loop.
final class Sender implements Runnable {
  private final Schedule schedule;
  private final ByteBuffer message;
  private final ConnectionPool pool;
  private final Consumer<Note> notes;
  private final Pacer pacer;

  private long epochNanos;
  private volatile int issued;
  private volatile int waited;
  private volatile boolean stopped;
  private volatile boolean done;
  private volatile @Nullable Thread thread;

  Sender(Schedule schedule, ByteBuffer message, ConnectionPool pool, Consumer<Note> notes) {
    this.schedule = schedule;
    this.message = message;
    this.pool = pool;
    this.notes = notes;
    this.pacer = new Pacer(() -> stopped);
  }

  /// Starts to send, with the schedule's zero at `epochNanos` of System.nanoTime.
  void start(long epochNanos) {
    this.epochNanos = epochNanos;
    thread = Thread.ofPlatform().name("weir-send").daemon().start(this);
  }

  /// How many requests have come due and were sent or left to the answer loop.
  int issued() {
    return issued;
  }

  /// How many of them found no idle connection.
  int waited() {
    return waited;
  }

  /// Whether no more will be issued.
  boolean done() {
    return done;
  }

  boolean stopped() {
    return stopped;
  }

  /// Ends the sending before the next request.
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    try {
      Pacer.sharpen();
      int size = schedule.size();
      for (int number = 0; number < size && !stopped; number++) {
        issue(number, epochNanos + schedule.dueNanos(number));
      }
    } finally {
      done = true;
      notes.accept(new Note.SendingEnded());
    }
  }

  private void issue(int number, long dueNanos) {
    pacer.park(dueNanos);
    if (stopped) {
      return;
    }
    Connection connection = takeArmed();
    pacer.spin(dueNanos);
    while (!transmit(connection, number)) {
      connection = takeArmed();
      if (connection == null) {
        leave(number);
        break;
      }
    }
    issued = number + 1;
  }

  private boolean transmit(@Nullable Connection connection, int number) {
    if (connection == null || !connection.commit(number, System.nanoTime())) {
      return false;
    }
    try {
      if (!connection.flush()) {
        notes.accept(new Note.Unfinished(connection, number));
      }
    } catch (IOException _) {
      notes.accept(new Note.Broken(connection, number));
    }
    return true;
  }

  private @Nullable Connection takeArmed() {
    while (true) {
      Connection connection = pool.take();
      if (connection == null) {
        return null;
      }
      try {
        connection.arm(message);
        return connection;
      } catch (IOException _) {
        notes.accept(new Note.Discarded(connection));
      }
    }
  }

  private void leave(int number) {
    int before = waited;
    waited = before + 1;
    notes.accept(new Note.Waiting(number));
  }
}
