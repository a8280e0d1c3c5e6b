package dev.weir.load.calibrate;

import dev.weir.arrivals.Hyperexponential;
import dev.weir.arrivals.Schedule;
import dev.weir.load.http.Target;
import dev.weir.load.send.LoadRun;
import dev.weir.load.send.LoadSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Runs the whole sender against a sink in this process, so that the compiler has finished before
/// the first request to the user's server.
public final class WarmUp {
  /// Enough calls for the last tier of the compiler.
  private static final int REQUESTS = 12_000;

  /// Some gaps are short enough to spin through, others long enough to park.
  private static final double GAP_SECONDS = 50e-6;

  private static final double GAP_SCV = 10;
  private static final Duration MAX = Duration.ofSeconds(3);

  private WarmUp() {}

  /// Takes about half a second, at most a few seconds.
  public static void run() throws InterruptedException {
    try (var sink = new ArrivalSink(1)) {
      Thread.ofPlatform().name("weir-warm-up").daemon().start(sink);
      var settings = LoadSettings.of(Target.parse(sink.url()), schedule());
      LoadRun run = LoadRun.prepare(settings, _ -> {});
      run.start();
      Thread.ofVirtual().start(() -> stopLate(run));
      run.await();
    } catch (IOException _) {
      // A machine without a loopback starts cold; the certificate will show it.
    }
  }

  /// The schedule it sends, always the same.
  static Schedule schedule() {
    return Schedule.ofCount(new Hyperexponential(GAP_SECONDS, GAP_SCV), REQUESTS, 1);
  }

  private static void stopLate(LoadRun run) {
    long untilNanos = System.nanoTime() + MAX.toNanos();
    while (System.nanoTime() - untilNanos < 0) {
      LockSupport.parkNanos(untilNanos - System.nanoTime());
    }
    run.stop(Duration.ZERO);
  }
}
