package dev.weir.sim;

import dev.weir.base.Problems;
import java.util.List;
import java.util.Optional;

/// The replicas of a scenario, the network to them, and the server behind them.
///
/// @param servers the replicas at the start
/// @param discipline how each divides its cores
/// @param rttNanos from balancer to server and back
/// @param bottleneck the server that all of them share, if any
public record Supply(
    List<ServerSpec> servers,
    Discipline discipline,
    long rttNanos,
    Optional<Bottleneck> bottleneck) {
  private static final int SERVERS_MAX = 1_000;

  public Supply {
    servers = List.copyOf(servers);
    var problems = new Problems();
    int count = servers.size();
    problems.check(count >= 1 && count <= SERVERS_MAX, "servers", count, "1 to " + SERVERS_MAX);
    problems.check(rttNanos >= 0, "rtt", rttNanos, ">= 0");
    problems.throwIfAny("scenario");
  }

  /// Core-seconds of work per second that all of them together can do; infinite if unbounded.
  public double coreSpeeds() {
    double own = servers.stream().mapToDouble(s -> s.speed() * s.cores()).sum();
    return bottleneck
        .map(b -> Math.min(b.cores() / b.share(), b.share() == 1 ? own : own / (1 - b.share())))
        .orElse(own);
  }
}
