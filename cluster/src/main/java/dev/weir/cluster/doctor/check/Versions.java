package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Engines that are too old, no longer maintained, or of several versions.
final class Versions extends EngineCheck {
  /*
   * Kept low on purpose. Which versions get fixes is known for certain only for those that ended
   * before this was written; Docker itself names no dates.
   */
  private static final int MAINTAINED_MIN = 25;

  /// The oldest major and minor number that Weir works with.
  private static final int[] WORKS_MIN = {20, 10};

  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3}).*");

  /// The mark of a distribution in a version, such as `+dfsg1` or `-0ubuntu1`.
  private static final Pattern OF_DISTRIBUTION =
      Pattern.compile(".*(dfsg|ubuntu|\\+azure|\\.fc[0-9]|\\.el[0-9]|\\.amzn|deb[0-9]|-ce).*");

  Versions() {
    super("versions", "/nodes");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    var nodesOf = new TreeMap<String, List<String>>();
    for (NodeFacts node : engine.nodes()) {
      nodesOf
          .computeIfAbsent(node.node().engineVersion(), _ -> new ArrayList<>())
          .add(node.node().hostname());
    }
    nodesOf.forEach((version, nodes) -> old(version, nodes, into));
    mixed(nodesOf, into);
  }

  private static void old(String version, List<String> nodes, Findings into) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.matches()) {
      into.unseen(
          Words.names(nodes), "an engine without a version number: '%s'".formatted(version));
      return;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    String[] fix = {
      "upgrade the package of the Engine, one node after the other, each drained before"
    };
    if (major < WORKS_MIN[0] || (major == WORKS_MIN[0] && minor < WORKS_MIN[1])) {
      into.warning(
          Words.names(nodes),
          "Docker Engine " + version,
          "Weir needs 20.10 or newer, and nobody mends this version any more.",
          fix);
    } else if (major < MAINTAINED_MIN) {
      into.note(
          Words.names(nodes),
          "Docker Engine " + version,
          OF_DISTRIBUTION.matcher(version).matches()
              ? "Docker no longer mends %s; the packages of your distribution may still be."
                  .formatted(numbers.group(1) + "." + numbers.group(2))
              : "Docker no longer mends this version.",
          fix);
    }
  }

  private static void mixed(Map<String, List<String>> nodesOf, Findings into) {
    if (nodesOf.size() < 2) {
      return;
    }
    long majors =
        nodesOf.keySet().stream()
            .map(version -> version.replaceFirst("\\..*", ""))
            .distinct()
            .count();
    String seen =
        String.join(
            "; ",
            nodesOf.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + Words.names(entry.getValue()))
                .toList());
    String why = "Nodes of different versions work together, but may differ in what they can do.";
    if (majors > 1) {
      into.warning("swarm", seen, why, "bring all nodes to one version, managers last");
    } else {
      into.note("swarm", seen, why, "bring all nodes to one version, managers last");
    }
  }
}
