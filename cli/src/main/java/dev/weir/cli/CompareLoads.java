package dev.weir.cli;

import dev.weir.arrivals.Schedule;
import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadRun;
import dev.weir.run.RunInfo;
import dev.weir.swarm.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The loads that a comparison sends to a service of a swarm, one after another, until it is told
/// to stop: from then on each ends as soon as it begins.
final class CompareLoads {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Engine engine;
  private final CompareService options;
  private final Terminal terminal;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable LoadRun current;

  /// @param options aimed at the service's entrance
  CompareLoads(Engine engine, CompareService options, Terminal terminal) {
    this.engine = engine;
    this.options = options;
    this.terminal = terminal;
  }

  /// Sends a load of which nothing is kept.
  ///
  /// @param task what the terminal says of it
  LoadResult quietly(Schedule schedule, String task) throws InterruptedException {
    LoadRun load = LoadRun.prepare(options.http().settings(schedule), _ -> {});
    begin(load);
    return LoadLive.until(load, terminal, task + " ");
  }

  /// Sends a load and records it, with what the containers of `nodes` use from before it until
  /// after it.
  ///
  /// @param task what the terminal says of it
  LoadResult recorded(Path folder, RunInfo info, SampledNodes nodes, Schedule schedule, String task)
      throws InterruptedException {
    Duration cadence = options.sampling().cadence();
    try (LabRun lab =
        LabRun.start(
            folder, info, nodes, cadence, Optional.of(engine), Optional.empty(), terminal)) {
      if (!isStopping()) {
        lab.settle(task + " sampling before the load");
      }
      LoadRun load = LoadRun.prepare(options.http().settings(schedule), lab.recording());
      lab.recording().loadStarts(begin(load));
      LoadResult result = LoadLive.until(load, terminal, task + " ");
      lab.recording().loadEnded(result);
      return result;
    }
  }

  private Instant begin(LoadRun load) {
    Instant started = load.start();
    current = load;
    if (isStopping()) {
      load.stop(DRAIN);
    }
    return started;
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /// Waits, but no longer than until it is told to stop.
  void pause(Duration time) throws InterruptedException {
    boolean _ = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// May be called by any thread at any time.
  void stop() {
    stopping.countDown();
    LoadRun load = current;
    if (load != null) {
      load.stop(DRAIN);
    }
  }
}
