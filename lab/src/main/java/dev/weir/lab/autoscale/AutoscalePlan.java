package dev.weir.lab.autoscale;

import dev.weir.arrivals.Schedule;
import dev.weir.arrivals.Trace;
import dev.weir.base.Problems;
import dev.weir.scale.Promise;
import dev.weir.sim.scale.LoadTrace;
import dev.weir.sim.scale.LoadTraces;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceLabels;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// What every rule of a comparison meets.
///
/// @param promise the latency to keep
/// @param min the least number of replicas, >= 1
/// @param max the greatest, >= min
/// @param trace the course of the rate of arrivals
/// @param duration how long it lasts: the hour of the trace is squeezed into it
/// @param hold how long a fall of the need must last before Weir removes replicas; empty for its
///   default
/// @param drain in what time Weir wants a backlog served; empty for its default
public record AutoscalePlan(
    Promise promise,
    int min,
    int max,
    LoadTraces trace,
    Duration duration,
    Optional<Duration> hold,
    Optional<Duration> drain) {
  private static final int REPLICAS_MAX = 1000;

  public AutoscalePlan {
    var problems = new Problems();
    String range = min + ".." + max;
    problems.check(
        min >= 1 && max >= min && max <= REPLICAS_MAX,
        "--scale",
        range,
        "the least and the greatest number of replicas, as in 1..6; at most " + REPLICAS_MAX);
    problems.check(duration.toSeconds() >= 10, "--duration", duration, ">= 10 s");
    problems.throwIfAny("compare");
  }

  /// So many replicas, within the bounds.
  int bounded(int replicas) {
    return Math.clamp(replicas, min, max);
  }

  /// The rates of the trace within the duration of a run.
  ///
  /// @param seed of what is random in them
  LoadTrace rates(double peakPerSecond, long seed) {
    return trace.trace(peakPerSecond, seed).within((int) duration.toSeconds());
  }

  /// When each request of a run is due: the same for the same peak and seed.
  ///
  /// @throws IllegalArgumentException if there is no arrival at all
  public Schedule schedule(double peakPerSecond, long seed) {
    double[] due = rates(peakPerSecond, seed).arrivalSeconds(new SplittableRandom(seed));
    var gaps = new double[due.length];
    for (int i = 0; i < due.length; i++) {
      gaps[i] = due[i] - (i == 0 ? 0 : due[i - 1]);
    }
    var law = new Trace(gaps);
    return Schedule.ofCount(law, gaps.length, seed);
  }

  /// The labels of a service that Weir scales.
  Map<String, String> labels() {
    var labels = new LinkedHashMap<String, String>();
    labels.put(ServiceLabels.SLO, promise.text());
    labels.put(ScaleLabels.SCALE, min + ".." + max);
    labels.put(ScaleLabels.MODE, ScaleLabels.ACT);
    hold.ifPresent(time -> labels.put(ScaleLabels.HOLD, time.toMillis() + "ms"));
    drain.ifPresent(time -> labels.put(ScaleLabels.DRAIN, time.toMillis() + "ms"));
    return labels;
  }
}
