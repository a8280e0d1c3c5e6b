package dev.weir.lab.compare;

import dev.weir.arrivals.Schedule;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.load.send.LoadSettings;
import dev.weir.swarm.engine.Engine;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How a comparison sends to a service of a swarm and samples its containers.
public interface ServiceAccess {
  /// What every request asks for, in a few words without secrets.
  String target();

  /// The settings of a load that follows `schedule`.
  LoadSettings settings(Schedule schedule);

  /// From one reading of a container to the next.
  Duration cadence();

  /// The balancer's `/status` page, if the user named it.
  Optional<URI> statusUrl();

  /// Cores of each replica, if the user said it.
  Optional<Double> replicaCores();

  /// Whether the user allows containers to be sampled.
  boolean maySample();

  /// The nodes that are sampled during the runs; empty unless the user asked for samples.
  SampledNodes nodes(Engine manager);

  /// The nodes that are sampled while a request's cost is measured; empty if none can be.
  SampledNodes calibrationNodes(Engine manager);
}
