package dev.weir.swarm.scale;

import dev.weir.scale.Promise;
import dev.weir.swarm.follow.FollowedService;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceLabels;
import dev.weir.swarm.follow.ServiceSize;
import dev.weir.swarm.follow.ServiceTimeouts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The service `web` with the labels of autoscaling: p99 within a second, with 20 replicas at most.
final class ScaledService {
  private ScaledService() {}

  static FollowedService of(int min, boolean acts, ServiceSize size) {
    var scale =
        new ScaleLabels(
            min,
            20,
            acts,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false,
            List.of(),
            List.of());
    var labels =
        new ServiceLabels(
            8080,
            Optional.empty(),
            List.of(),
            "/",
            Optional.empty(),
            Optional.of(new Promise(99, 1)),
            Optional.empty(),
            Optional.empty(),
            new ServiceTimeouts(Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.of(scale));
    return new FollowedService("s1", "web", labels, size, List.of(), List.of(), List.of());
  }
}
