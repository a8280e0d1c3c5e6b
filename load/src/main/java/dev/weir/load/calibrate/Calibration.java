package dev.weir.load.calibrate;

import dev.weir.arrivals.Schedule;
import dev.weir.base.CleanEnvironment;
import dev.weir.base.UserError;
import dev.weir.load.http.Target;
import dev.weir.load.pace.Pacer;
import dev.weir.load.record.Certifier;
import dev.weir.load.record.Distribution;
import dev.weir.load.record.Gaps;
import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadRun;
import dev.weir.load.send.LoadSettings;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How exactly this machine sends. The same schedule is first waited for without a network, then
/// sent to a sink in another process that records the arrivals.
///
/// @param bare lag of the bare loop that parks and spins
/// @param sender lag of the sender
/// @param arrived how many requests reached the sink
/// @param scheduledPerSecond the schedule's own rate
/// @param sentPerSecond the rate at which they were sent
/// @param arrivedPerSecond the rate at which they reached the sink
/// @param ks Kolmogorov-Smirnov distance of the gaps at the sink from the law
/// @param sendKs the same of the gaps at the sender
/// @param scheduleKs the same of the schedule itself: the law's own scatter with this many requests
/// @param result the whole run
public record Calibration(
    Distribution bare,
    Distribution sender,
    int arrived,
    double scheduledPerSecond,
    double sentPerSecond,
    double arrivedPerSecond,
    double ks,
    double sendKs,
    double scheduleKs,
    LoadResult result) {
  private static final int BARE_MAX = 5_000;
  private static final long EXIT_SECONDS_MAX = 20;

  /// Measures; `sinkCommand` starts a process that runs [ArrivalSink#serve].
  public static Calibration measure(Schedule schedule, List<String> sinkCommand)
      throws InterruptedException {
    WarmUp.run();
    bareLag(schedule, BARE_MAX / 10, new Distribution());
    var bare = new Distribution();
    bareLag(schedule, BARE_MAX, bare);
    try {
      return send(schedule, sinkCommand, bare);
    } catch (IOException e) {
      throw new UserError("calibrate: the sink could not be used: " + e.getMessage(), e);
    }
  }

  private static Calibration send(Schedule schedule, List<String> command, Distribution bare)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    CleanEnvironment.clean(builder.environment());
    Process sink = builder.start();
    try {
      var in = new DataInputStream(new BufferedInputStream(sink.getInputStream()));
      Target target = Target.parse(in.readUTF());
      warmUp(target);
      LoadRun run = LoadRun.prepare(LoadSettings.of(target, schedule), _ -> {});
      run.start();
      LoadResult result = run.await();
      sink.getOutputStream().close();
      long[] arrivals = arrivals(in);
      bareLag(schedule, BARE_MAX, bare); // half before, half after: both meet the same minute
      return of(schedule, bare, result, arrivals);
    } finally {
      sink.getOutputStream().close();
      if (!sink.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        sink.destroyForcibly();
      }
    }
  }

  /// Warms our own sink; its arrivals before the run are left out by count.
  private static void warmUp(Target target) throws InterruptedException {
    Schedule schedule = WarmUp.schedule();
    LoadRun run = LoadRun.prepare(LoadSettings.of(target, schedule), _ -> {});
    run.start();
    run.await();
  }

  private static Calibration of(
      Schedule schedule, Distribution bare, LoadResult result, long[] everArrived) {
    int skipped = Math.min(WarmUp.schedule().size(), everArrived.length);
    long[] arrived = Arrays.copyOfRange(everArrived, skipped, everArrived.length);
    var gaps = new Gaps(arrived);
    int last = schedule.size() - 1;
    double arrivedPerSecond = arrived.length < 2 ? 0 : 1 / gaps.meanSeconds();
    return new Calibration(
        bare,
        result.lag(),
        arrived.length,
        Certifier.perSecond(schedule.size(), schedule.dueNanos(last)),
        result.certificate().achievedPerSecond(),
        arrivedPerSecond,
        gaps.ks(schedule.law()),
        result.certificate().ks(),
        new Gaps(dues(schedule)).ks(schedule.law()),
        result);
  }

  private static long[] dues(Schedule schedule) {
    long[] dues = new long[schedule.size()];
    Arrays.setAll(dues, schedule::dueNanos);
    return dues;
  }

  private static long[] arrivals(DataInputStream in) throws IOException {
    long[] arrived = new long[in.readInt()];
    for (int i = 0; i < arrived.length; i++) {
      arrived[i] = in.readLong();
    }
    return arrived;
  }

  private static void bareLag(Schedule schedule, int countMax, Distribution lag)
      throws InterruptedException {
    int count = Math.min(countMax, schedule.size());
    Thread loop = Thread.ofPlatform().name("weir-bare").start(() -> wait(schedule, count, lag));
    loop.join();
  }

  private static void wait(Schedule schedule, int count, Distribution lag) {
    var pacer = new Pacer(() -> false);
    pacer.sharpen();
    long epochNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    for (int i = 0; i < count; i++) {
      long dueNanos = epochNanos + schedule.dueNanos(i);
      pacer.park(dueNanos);
      pacer.spin(dueNanos);
      lag.add(System.nanoTime() - dueNanos);
    }
  }
}
