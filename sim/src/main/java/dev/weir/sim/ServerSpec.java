package dev.weir.sim;

import dev.weir.base.Checks;
import dev.weir.base.Problems;

/// A simulated replica.
///
/// @param speed work done per second and core, where 1 is nominal: > 0
/// @param cores how many requests progress at full speed; infinite if requests never compete for
///   cores: > 0
/// @param declaredCores the cores that discovery declares to the balancer: > 0
public record ServerSpec(double speed, double cores, double declaredCores) {
  public ServerSpec {
    var problems = new Problems();
    problems.collect(() -> Checks.positive(speed, "speed"));
    problems.check(cores > 0, "cores", cores, "> 0");
    problems.collect(() -> Checks.positive(declaredCores, "declared-cores"));
    problems.throwIfAny("server");
  }

  /// A server that declares its real cores to the balancer, if they are finite.
  public static ServerSpec of(double speed, double cores) {
    return new ServerSpec(speed, cores, Double.isInfinite(cores) ? 1 : cores);
  }
}
