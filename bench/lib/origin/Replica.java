import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One replica of bench/tails: a port, a discipline, and the timer of the request that ends next.
///
/// Its state belongs to the thread of `clock`.
final class Replica {
  /// Later than this a response shows that the machine stalled.
  private static final double LATE_NANOS = 5e6;

  private final int port;
  private final double speed;
  private final Discipline discipline;
  private final Work work;
  private final ScheduledExecutorService clock;
  private final Door door;
  private ScheduledFuture<?> timer;
  private long served;
  private long late;
  private double workNanos;

  Replica(
      int port,
      double speed,
      Discipline discipline,
      Work work,
      ScheduledExecutorService clock,
      Door door) {
    this.port = port;
    this.speed = speed;
    this.discipline = discipline;
    this.work = work;
    this.clock = clock;
    this.door = door;
    discipline.rate(speed, System.nanoTime());
  }

  int port() {
    return port;
  }

  /// Starts to listen, if it does not.
  void open() throws IOException {
    door.open(port, connection -> clock.execute(() -> arrive(connection)));
  }

  /// Refuses connections from now on.
  void close() throws IOException {
    door.close(port);
  }

  /// As new: no requests, no counts, its own speed.
  void reset() {
    discipline.clear();
    factor(1);
    served = 0;
    late = 0;
    workNanos = 0;
  }

  /// Every service time is so many times as long from now on.
  void factor(double factor) {
    discipline.rate(speed / factor, System.nanoTime());
    setTimer();
  }

  /// A line: port, responses, responses that were late, milliseconds of work.
  String stats() {
    return "%d %d %d %.0f%n".formatted(port, served, late, workNanos / 1e6);
  }

  private void arrive(Connection connection) {
    double workNanos = work.nextNanos();
    discipline.arrive(new Discipline.Job(connection, workNanos), System.nanoTime());
    setTimer();
  }

  private void endDue() {
    for (double due = discipline.nextEndNanos(); due <= now(); due = discipline.nextEndNanos()) {
      Discipline.Job job = discipline.end(now());
      job.connection().respond();
      served++;
      late += now() - due > LATE_NANOS ? 1 : 0;
      workNanos += job.workNanos();
    }
    setTimer();
  }

  private void setTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
    double due = discipline.nextEndNanos();
    if (due != Discipline.NEVER) {
      long waitNanos = (long) Math.ceil(Math.max(0, due - now()));
      timer = clock.schedule(this::endDue, waitNanos, TimeUnit.NANOSECONDS);
    }
  }

  private static double now() {
    return System.nanoTime();
  }
}
