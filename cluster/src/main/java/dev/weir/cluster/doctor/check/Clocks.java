package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.ClockReading;
import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostFacts;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Clocks that differ between nodes, and from this machine.
final class Clocks implements Check {
  private static final Duration WARNED = Duration.ofSeconds(2);
  private static final Duration CRITICAL = Duration.ofMinutes(1);

  private static final String[] FIX = {
    "sudo systemctl enable --now chronyd || sudo systemctl enable --now systemd-timesyncd",
    "timedatectl  # says whether it is synchronized"
  };

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    var clocks = new LinkedHashMap<String, ClockReading>();
    for (Member member : facts.members()) {
      clock(member, facts)
          .ifPresentOrElse(
              clock -> clocks.put(member.name(), clock),
              () -> into.unseen(member.name(), unseen(member)));
    }
    if (clocks.isEmpty()) {
      return;
    }
    ClockReading here = new ClockReading(Duration.ZERO, Duration.ZERO);
    ClockReading common = median(clocks);
    clocks.forEach((name, clock) -> apart(name, clock, common, clocks.size(), into));
    if (clocks.size() > 1 && common.surelyApart(here).compareTo(WARNED) > 0) {
      into.warning(
          "this machine",
          "its clock is %s the nodes' by %s"
              .formatted(
                  common.ahead().isNegative() ? "ahead of" : "behind", Words.time(common.ahead())),
          "Times in reports of this machine and of the swarm do not fit together.",
          FIX);
    }
  }

  private static Optional<ClockReading> clock(Member member, Facts facts) {
    String id = member.node().map(known -> known.node().id()).orElse("");
    Optional<EngineFacts> own =
        facts
            .engine()
            .filter(engine -> !id.isEmpty())
            .filter(engine -> engine.swarm().path("NodeID").asString("").equals(id));
    return member.host().flatMap(HostFacts::clock).or(() -> own.flatMap(EngineFacts::clock));
  }

  private static String unseen(Member member) {
    return member.whyUnseen().isEmpty() ? "its clock was not readable" : member.whyUnseen();
  }

  /// Of two clocks nobody knows which one is right: the one nearer to ours counts.
  private static ClockReading median(Map<String, ClockReading> clocks) {
    var sorted = clocks.values().stream().sorted((a, b) -> a.ahead().compareTo(b.ahead())).toList();
    if (sorted.size() == 2) {
      return sorted.get(0).ahead().abs().compareTo(sorted.get(1).ahead().abs()) <= 0
          ? sorted.get(0)
          : sorted.get(1);
    }
    return sorted.get(sorted.size() / 2);
  }

  private static void apart(
      String name, ClockReading clock, ClockReading common, int clocks, Findings into) {
    ClockReading reference = clocks == 1 ? new ClockReading(Duration.ZERO, Duration.ZERO) : common;
    Duration apart = clock.surelyApart(reference);
    if (apart.compareTo(WARNED) <= 0) {
      return;
    }
    Duration ahead = clock.ahead().minus(reference.ahead());
    String seen =
        "its clock is %s %s %s, give or take %s"
            .formatted(
                Words.time(ahead),
                ahead.isNegative() ? "behind" : "ahead of",
                clocks == 1 ? "this machine's" : "the other nodes'",
                Words.time(clock.error()));
    String why =
        "Certificates of the swarm look expired or not yet valid to it, tokens and logs disagree.";
    if (apart.compareTo(CRITICAL) > 0) {
      into.critical(name, seen, why, FIX);
    } else {
      into.warning(name, seen, why, FIX);
    }
  }
}
