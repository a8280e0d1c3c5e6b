package dev.weir.balance;

import dev.weir.balance.policy.PickPolicies;
import dev.weir.balance.policy.PickPolicy;
import dev.weir.base.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A policy as a flag, a label or a file names it.
public enum PolicySpec {
  WEIR("weir"),
  ROUND_ROBIN("round-robin"),
  RANDOM("random"),
  LEAST_REQUESTS("least-requests"),
  POWER_OF_TWO("power-of-two"),
  PEAK_EWMA("peak-ewma");

  private final String label;

  PolicySpec(String label) {
    this.label = label;
  }

  /// The name users type and charts show.
  public String label() {
    return label;
  }

  /// The policy of that name.
  ///
  /// @throws IllegalArgumentException naming all policies if there is none
  public static PolicySpec named(String label) {
    for (PolicySpec spec : values()) {
      if (spec.label.equals(label)) {
        return spec;
      }
    }
    String known = String.join(", ", labels());
    throw new IllegalArgumentException(
        "%s: %s (expected: one of %s)".formatted("--policy", label, known));
  }

  /// The policy of that name, in any case; surrounding blanks are ignored.
  ///
  /// @param option the option before the name, for messages
  /// @throws IllegalArgumentException naming all policies and the nearest one
  public static PolicySpec parse(String option, String name) {
    String small = name.strip().toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(policy -> policy.label.equals(small))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s: %s (expected: one of %s%s)"
                    .formatted(
                        option,
                        name,
                        String.join(", ", labels()),
                        NearestName.hint(name, labels()))));
  }

  /// The names of all policies.
  public static List<String> labels() {
    return Stream.of(values()).map(PolicySpec::label).toList();
  }

  /// The policy of that name.
  ///
  /// @param limit the limit; with none, `weir` becomes least-requests
  /// @param openShare the most that a replica with an open limit may have in flight
  PickPolicy create(LimitSpec limit, RandomGenerator random, IntSupplier openShare) {
    return switch (this) {
      case WEIR ->
          limit.equals(LimitSpec.OFF)
              ? PickPolicies.leastRequests()
              : PickPolicies.fastestFree(openShare);
      case ROUND_ROBIN -> PickPolicies.roundRobin();
      case RANDOM -> PickPolicies.random(random);
      case LEAST_REQUESTS -> PickPolicies.leastRequests();
      case POWER_OF_TWO -> PickPolicies.powerOfTwo(random);
      case PEAK_EWMA -> PickPolicies.peakEwma(random);
    };
  }

  /// Whether requests wait at the balancer for a slot rather than inside a replica.
  boolean queues() {
    return this == WEIR;
  }
}
