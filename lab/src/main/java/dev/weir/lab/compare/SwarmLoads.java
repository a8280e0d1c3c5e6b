package dev.weir.lab.compare;

import dev.weir.arrivals.Schedule;
import dev.weir.lab.record.LabRun;
import dev.weir.lab.record.LoadLive;
import dev.weir.lab.record.Recording;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadRun;
import dev.weir.run.RunInfo;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends the loads of a comparison to a service of a swarm, one after another. After a stop, each
/// load ends as soon as it begins.
public final class SwarmLoads {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final Engine engine;
  private final ServiceAccess access;
  private final Terminal terminal;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable LoadRun current;

  /// Sends loads to one service.
  ///
  /// @param engine of a manager
  /// @param access to the service
  public SwarmLoads(Engine engine, ServiceAccess access, Terminal terminal) {
    this.engine = engine;
    this.access = access;
    this.terminal = terminal;
  }

  /// Sends a load without recording it.
  ///
  /// @param task its name on the terminal
  public LoadResult quietly(Schedule schedule, String task) throws InterruptedException {
    LoadRun load = LoadRun.prepare(access.settings(schedule), _ -> {});
    begin(load);
    return LoadLive.until(load, terminal, task + " ");
  }

  /// Sends a load and records it, with samples of the containers of `nodes` from before it until
  /// after it.
  ///
  /// @param task its name on the terminal
  LoadResult recorded(Path folder, RunInfo info, SampledNodes nodes, Schedule schedule, String task)
      throws InterruptedException {
    return recorded(folder, info, nodes, schedule, task, _ -> () -> {});
  }

  /// What happens beside a recorded load, from its begin to its end.
  @FunctionalInterface
  public interface Beside {
    /// Begins it, just before the load; it is closed when the load has ended.
    Running begin(Recording recording);
  }

  /// Something that runs until it is closed.
  @FunctionalInterface
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /// The same with something beside it.
  public LoadResult recorded(
      Path folder, RunInfo info, SampledNodes nodes, Schedule schedule, String task, Beside beside)
      throws InterruptedException {
    Duration cadence = access.cadence();
    try (LabRun lab =
        LabRun.start(
            folder, info, nodes, cadence, Optional.of(engine), Optional.empty(), terminal)) {
      if (!isStopping()) {
        lab.settle(task + " sampling before the load");
      }
      LoadRun load = LoadRun.prepare(access.settings(schedule), lab.recording());
      try (Running _ = beside.begin(lab.recording())) {
        lab.recording().loadStarts(begin(load));
        LoadResult result = LoadLive.until(load, terminal, task + " ");
        lab.recording().loadEnded(result);
        return result;
      }
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

  /// Whether all loads are to end.
  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /// Waits for `time`, or until the stop.
  public void pause(Duration time) throws InterruptedException {
    boolean _ = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Stops the current load and all later ones; may be called by any thread at any time.
  public void stop() {
    stopping.countDown();
    LoadRun load = current;
    if (load != null) {
      load.stop(DRAIN);
    }
  }
}
