package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.OpenPort;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Rules of the surroundings that let everybody in.
final class WorldOpen implements Check {
  /// What a port of a protocol gives to everybody.
  private record Danger(int port, String protocol, String gives) {}

  private static final List<Danger> DANGERS =
      List.of(
          new Danger(2375, "tcp", "the Engine's API, which is root"),
          new Danger(2376, "tcp", "the Engine's API"),
          new Danger(2377, "tcp", "joining the swarm"),
          new Danger(7946, "tcp", "the nodes' gossip"),
          new Danger(7946, "udp", "the nodes' gossip"),
          new Danger(4789, "udp", "the overlay networks, which check nobody"),
          new Danger(27017, "tcp", "a MongoDB"),
          new Danger(5000, "tcp", "an image registry"),
          new Danger(9100, "tcp", "figures of the machine"));

  @Override
  public String name() {
    return "world-open";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    if (facts.outside().isEmpty()) {
      into.unseen("swarm", facts.outsideFailure());
      return;
    }
    for (OpenPort rule : facts.outside().get()) {
      if (rule.isWorld()) {
        examine(rule, facts.dataPort(), into);
      }
    }
  }

  private static void examine(OpenPort rule, int dataPort, Findings into) {
    Map<String, String> gives = new LinkedHashMap<>();
    DANGERS.stream()
        .filter(danger -> rule.includes(danger.port(), danger.protocol()))
        .forEach(danger -> gives.put(danger.port() + "/" + danger.protocol(), danger.gives()));
    if (rule.includes(dataPort, "udp")) {
      gives.put(dataPort + "/udp", "the overlay networks, which check nobody");
    }
    String fix = "remove the rule for %s of %s".formatted(rule.source(), rule.rule());
    String seen = "%s is open to the whole world (%s)".formatted(rule, rule.source());
    if (!gives.isEmpty()) {
      into.critical(
          rule.rule(),
          seen,
          "Everybody reaches "
              + gives.entrySet().stream()
                  .map(entry -> entry.getValue() + " at " + entry.getKey())
                  .collect(Collectors.joining(", "))
              + ".",
          fix);
    } else if (rule.includes(22, "tcp")) {
      into.warning(
          rule.rule(),
          seen,
          "Everybody may try to log in by SSH.",
          fix,
          "allow your own address instead");
    } else if (!isWeb(rule)) {
      into.note(rule.rule(), seen, "Only 80 and 443 usually need to be.", fix);
    }
  }

  private static boolean isWeb(OpenPort rule) {
    return rule.from() == rule.to() && (rule.from() == 80 || rule.from() == 443);
  }
}
