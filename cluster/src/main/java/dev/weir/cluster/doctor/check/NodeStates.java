package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Nodes that are down, and nodes that take no tasks.
final class NodeStates extends EngineCheck {
  NodeStates() {
    super("nodes", "/nodes");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    for (Member member : facts.members()) {
      member
          .node()
          .ifPresentOrElse(
              node -> examine(member.name(), node, engine, facts.at(), into),
              () -> stranger(member, into));
    }
    if (engine.nodes().stream().noneMatch(NodeStates::takesTasks) && !engine.nodes().isEmpty()) {
      into.critical(
          "swarm",
          "no node takes tasks",
          "Every new task waits for ever.",
          "docker node update --availability active NODE");
    }
  }

  private static void stranger(Member member, Findings into) {
    if (member.report().isEmpty()) {
      into.critical(
          member.name(),
          "no node of the swarm is known to be it, and it does not respond: " + member.whyUnseen(),
          "It is in no swarm, or lost.",
          "weir cluster ssh, or ssh, to it; then docker swarm join");
    } else {
      into.warning(
          member.name(),
          "the managers know no node that is it",
          "It is in no swarm, in another one, or was removed while it was down.",
          "on it: docker info; docker swarm leave; then join again");
    }
  }

  private static boolean takesTasks(NodeFacts node) {
    return node.node().state().equals("ready") && node.node().availability().equals("active");
  }

  private static void examine(
      String name, NodeFacts node, EngineFacts engine, Instant now, Findings into) {
    String state = node.node().state();
    if (!state.equals("ready")) {
      into.critical(
          name,
          state + since(node, engine, now) + reason(node),
          "Its tasks run elsewhere, or not at all.",
          "sudo systemctl start docker  # on %s, and see: sudo journalctl -u docker -n 50"
              .formatted(name),
          "if it is gone for good: docker node rm --force " + node.node().id());
    }
    switch (node.node().availability()) {
      case "drain" ->
          into.note(
              name,
              "drained: it takes no tasks",
              "Someone drained it, perhaps for maintenance.",
              "docker node update --availability active " + node.node().id());
      case "pause" ->
          into.note(
              name,
              "paused: it keeps its tasks and takes no new ones",
              "Someone paused it.",
              "docker node update --availability active " + node.node().id());
      default -> {}
    }
  }

  /// Events say when; without one, the managers' last change of the node is the best guess.
  private static String since(NodeFacts node, EngineFacts engine, Instant now) {
    Optional<Instant> event = Optional.ofNullable(engine.downSince().get(node.node().id()));
    Optional<Instant> since = event.or(node::changed);
    return since
        .map(at ->
            " since %s%s, for %s"
                .formatted(
                    event.isPresent() ? "" : "about ",
                    Words.time(at),
                    Words.time(Duration.between(at, now))))
        .orElse("");
  }

  private static String reason(NodeFacts node) {
    String said = node.node().reason();
    return said.isEmpty() ? "" : " (" + said + ")";
  }
}
