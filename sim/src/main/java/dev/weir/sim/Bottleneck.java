package dev.weir.sim;

import dev.weir.base.Problems;

/// A server behind all replicas that every request needs after its replica, such as a database. Its
/// speed is 1.
///
/// @param cores how many requests progress there at full speed: > 0
/// @param share the share of each request's work that is done there instead of at the replica: in
///   (0, 1]
/// @param discipline how it divides its cores
public record Bottleneck(double cores, double share, Discipline discipline) {
  public Bottleneck {
    var problems = new Problems();
    problems.check(cores > 0 && Double.isFinite(cores), "bottleneck", cores, "> 0");
    problems.check(share > 0 && share <= 1, "bottleneck-share", share, "> 0 and <= 1");
    problems.throwIfAny("scenario");
  }
}
