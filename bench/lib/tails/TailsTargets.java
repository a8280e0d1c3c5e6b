import dev.weir.stats.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Weir promises beside its peers, and whether a phase of a case keeps it.
///
/// All targets are about p99(peer) / p99(Weir). A target of several peers is about the best of them.
final class TailsTargets {
  private static final double COLD = 1.1;
  private static final double NEVER_WORSE = 1.05;
  private static final String BY_HAND = "haproxy-maxconn";

  /// One target.
  ///
  /// @param text what is promised
  /// @param least the ratio that keeps it
  /// @param peer which peer decides
  /// @param ratio its
  record Verdict(String text, double least, String peer, Ratio ratio) {
    boolean met() {
      return ratio.mean() >= least;
    }

    /// Whether more rounds could say the opposite.
    boolean open() {
      return ratio.contains(least);
    }

    @Override
    public String toString() {
      String sure = !ratio.hasInterval() ? " (one round)" : open() ? " (within the noise)" : "";
      return String.format(
          Locale.ROOT,
          "%s%s: %s: %s has %.2fx of weir's p99 (target: >= %.2f)",
          met() ? "met" : "MISSED",
          sure,
          text,
          peer,
          ratio.mean(),
          least);
    }
  }

  private TailsTargets() {}

  /// The verdicts on a phase.
  static List<Verdict> of(TailsGroup group) {
    List<Verdict> verdicts = new ArrayList<>();
    List<String> unset = group.peers("haproxy-rr", "haproxy-lc", "nginx-");
    if (group.phase().equals("cold")) {
      add(verdicts, group, "cold, <= 1.1 times the best that is not set by hand", 1 / COLD, unset);
      return verdicts;
    }
    List<String> roundRobin = group.peers("haproxy-rr", "nginx-rr");
    List<String> leastConnections = group.peers("haproxy-lc", "nginx-lc");
    add(verdicts, group, "never more than 1.05 times a peer's", 1 / NEVER_WORSE, unset);
    add(verdicts, group, "as with maxconn set by hand", 1 / NEVER_WORSE, group.peers(BY_HAND));
    switch (group.testCase()) {
      case "shared1" -> {
        add(verdicts, group, "round robin", 2, roundRobin);
        add(verdicts, group, "least connections", 1.4, leastConnections);
      }
      case "slot1" -> {
        add(verdicts, group, "round robin", 2.5, roundRobin);
        add(verdicts, group, "least connections", 1, leastConnections);
      }
      case "slow" -> add(verdicts, group, "one is slow", 1.5, unset);
      default -> {}
    }
    return verdicts;
  }

  private static void add(
      List<Verdict> verdicts, TailsGroup group, String text, double least, List<String> peers) {
    Optional<String> best =
        peers.stream().min(Comparator.comparingDouble(peer -> group.ratio(peer).mean()));
    best.ifPresent(peer -> verdicts.add(new Verdict(text, least, peer, group.ratio(peer))));
  }
}
