package dev.weir.lab.compare;

import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.lab.local.LocalWork;
import dev.weir.sim.Variant;
import dev.weir.swarm.watch.ServiceVariation;
import java.util.Optional;

/// The service that a comparison changes, as it was found.
///
/// @param service its name
/// @param found its spec before the first run
/// @param own the policy and limit that serve it now
/// @param areImages whether its images are compared
/// @param given what a request costs, if the user gave it
/// @param replicaCores cores of each replica, if the user gave them
/// @param target the request, in words
public record ComparedService(
    String service,
    ServiceVariation.AsFound found,
    Variant own,
    boolean areImages,
    Optional<LocalWork> given,
    Optional<Double> replicaCores,
    String target) {
  /// Cores of each replica; NaN if unknown.
  public double coresEach() {
    return replicaCores.orElse(found.cores());
  }

  /// Cores of all its replicas together; NaN if unknown.
  public double cores() {
    return found.replicas() * coresEach();
  }

  /// Requests per second that its replicas can serve at the cost the user gave; NaN if unknown.
  double givenCapacityPerSecond() {
    return given
        .map(work -> cores() * 1000 / work.meanMillis())
        .filter(rate -> rate > 0)
        .orElse(Double.NaN);
  }

  /// The policy and limit that serve a service. Without a balancer of Weir, Swarm's own mesh is
  /// round robin over the tasks.
  public static Variant own(ServiceVariation.AsFound found, boolean isBalanced) {
    return isBalanced
        ? new Variant(
            found.policy().map(PolicySpec::named).orElse(PolicySpec.WEIR),
            found
                .limit()
                .map(text -> LimitSpec.parse("label weir.limit", text))
                .orElse(LimitSpec.AUTO))
        : Variant.of(PolicySpec.ROUND_ROBIN);
  }
}
