package dev.weir.lab.compare;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.lab.record.CpuCost;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.record.ServiceTime;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.load.record.LoadResult;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Measures what a request costs a service of a swarm, before the comparison: first a few requests
/// so far apart that none waits for another, then a load that keeps all replicas busy.
public final class SwarmCalibration {
  private static final double ALONE_PER_SECOND = 2;
  private static final double ALONE_SHARE = 0.1;
  private static final Duration ALONE = Duration.ofSeconds(12);
  private static final int ALONE_MIN = 30;
  private static final int ALONE_MAX = 100;

  /// A Java replica that has just started spends as much CPU on its compiler as on requests.
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final Duration LOADED = Duration.ofSeconds(15);
  private static final double LOADED_RHO = 0.7;
  private static final long SEED = 1;

  private final SwarmLoads loads;
  private final ServiceAccess access;
  private final String service;
  private final SampledNodes nodes;
  private final double cores;

  /// Measures a service.
  ///
  /// @param loads that are sent to it
  /// @param access to it
  /// @param service its name
  /// @param nodes where the service's containers are, if they can be sampled
  /// @param cores of all its replicas together; NaN if unknown
  public SwarmCalibration(
      SwarmLoads loads, ServiceAccess access, String service, SampledNodes nodes, double cores) {
    this.loads = loads;
    this.access = access;
    this.service = service;
    this.nodes = nodes;
    this.cores = cores;
  }

  /// What a request costs; absent with too few responses, or after a stop.
  ///
  /// @param perSecond the rate of the comparison, if it is known
  /// @param folder for both runs
  public Optional<SwarmCost> measure(Optional<Double> perSecond, Path folder)
      throws InterruptedException {
    double slow =
        perSecond
            .map(rate -> Math.max(rate * ALONE_SHARE, ALONE_MIN / 20.0))
            .orElse(ALONE_PER_SECOND);
    int count = Math.clamp(Math.round(slow * ALONE.toSeconds()), ALONE_MIN, ALONE_MAX);
    Path alone = folder.resolve("calibration-alone");
    LoadResult result =
        recorded(
            alone,
            Schedule.ofCount(new Constant(1 / slow), count, SEED),
            "measuring what a request takes by itself:");
    Optional<ServiceTime> time = ServiceTime.of(result);
    if (loads.isStopping() || time.isEmpty()) {
      return Optional.empty();
    }
    Optional<CpuCost> first = cpu(alone);
    Optional<Double> rate =
        perSecond.or(() ->
            first.map(cost -> LOADED_RHO * cores * 1000 / cost.millis()).filter(Double::isFinite));
    Optional<CpuCost> loaded =
        first.isPresent() && rate.isPresent() ? underLoad(rate.get(), folder) : Optional.empty();
    return loads.isStopping()
        ? Optional.empty()
        : Optional.of(new SwarmCost(time.get(), loaded.or(() -> first)));
  }

  private Optional<CpuCost> underLoad(double perSecond, Path folder) throws InterruptedException {
    var gaps = new Poisson(perSecond);
    loads.quietly(Schedule.ofDuration(gaps, WARM_UP, SEED), "warming the replicas up:");
    Path loaded = folder.resolve("calibration-loaded");
    recorded(
        loaded,
        Schedule.ofDuration(gaps, LOADED, SEED + 1),
        "measuring what a request costs under load:");
    return cpu(loaded);
  }

  private LoadResult recorded(Path folder, Schedule schedule, String task)
      throws InterruptedException {
    var facts = new LinkedHashMap<>(MachineInfo.local().facts());
    facts.put("service", service);
    facts.put("target", access.target());
    facts.put("load", schedule.describe());
    facts.put("sampled", nodes.describe());
    var info =
        new RunInfo("calibration", task, Instant.now(), "weir compare", schedule.seed(), facts);
    return loads.recorded(folder, info, nodes, schedule, task);
  }

  private Optional<CpuCost> cpu(Path folder) {
    return CpuCost.of(RunFolder.read(folder), container -> container.startsWith(service + "."));
  }
}
