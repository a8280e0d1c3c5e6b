package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.ContainerFacts;
import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport.Holder;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.PortFacts;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;
import java.util.Set;

/// Containers that hold the Engine's socket and listen to the outside at the same time.
final class SocketHolders implements Check {
  private static final Set<String> SOCKETS = Set.of("/var/run/docker.sock", "/run/docker.sock");

  private static final String WHY =
      "Whoever finds a hole in this program, or just uses it, is root on the node; on a manager"
          + " they own the swarm. A visualizer shows everybody all services and their settings.";

  @Override
  public String name() {
    return "socket";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    facts
        .engine()
        .ifPresentOrElse(
            engine -> services(engine, into), () -> into.unseen("services", facts.engineFailure()));
    String own = facts.engine().map(EngineFacts::hostname).orElse("");
    for (Member member : facts.members()) {
      var holders = member.report().flatMap(report -> report.holders());
      boolean isOwn = member.node().map(n -> n.node().hostname().equals(own)).orElse(false);
      if (holders.isPresent()) {
        holders.get().stream()
            .filter(one -> one.service().isEmpty())
            .forEach(one -> container(member.name(), one, into));
      } else if (!isOwn) {
        into.unseen(
            member.name(),
            "containers outside of services: "
                + (member.whyUnseen().isEmpty() ? "not readable" : member.whyUnseen()));
      }
    }
    facts.engine().ifPresent(engine -> own(engine, facts, into));
  }

  private static void services(EngineFacts engine, Findings into) {
    if (engine.refusals().containsKey("/services")) {
      into.unseen("services", engine.refusals().getOrDefault("/services", ""));
    }
    for (ServiceFacts service : engine.services()) {
      if (!service.mounts().stream().anyMatch(SOCKETS::contains)) {
        continue;
      }
      List<String> ports = service.ports().stream().map(PortFacts::toString).toList();
      if (ports.isEmpty()) {
        into.note(
            service.name(),
            "holds the Engine's socket (%s)".formatted(service.image()),
            "Its program is as powerful as root on its nodes; nothing reaches it from outside.",
            "if it only needs a part: put weir socket-proxy in between");
      } else {
        into.critical(
            service.name(),
            "holds the Engine's socket and publishes %s (%s)"
                .formatted(Words.names(ports), service.image()),
            WHY,
            "docker service update --publish-rm PORT %s, or docker service rm %1$s"
                .formatted(service.name()),
            "to watch a swarm: weir top, docker node ps; to keep it: weir socket-proxy in between, and a"
                + " login before its port");
      }
    }
  }

  /// Of the Engine's own node, if no report covers it.
  private static void own(EngineFacts engine, Facts facts, Findings into) {
    boolean covered =
        facts.members().stream()
            .anyMatch(member ->
                member.report().flatMap(report -> report.holders()).isPresent()
                    && member
                        .node()
                        .map(n -> n.node().hostname())
                        .orElse("")
                        .equals(engine.hostname()));
    if (covered) {
      return;
    }
    for (ContainerFacts one : engine.containers()) {
      if (one.service().isEmpty() && one.mounts().stream().anyMatch(SOCKETS::contains)) {
        container(
            engine.hostname(),
            new Holder(one.name(), "", String.join(", ", one.ports()), ""),
            into);
      }
    }
  }

  private static void container(String node, Holder one, Findings into) {
    String subject = "%s on %s".formatted(one.name(), node);
    if (one.ports().isEmpty()) {
      into.note(
          subject,
          "a container that holds the Engine's socket",
          "Its program is as powerful as root on the node; nothing reaches it from outside.");
    } else {
      into.critical(
          subject,
          "a container that holds the Engine's socket and publishes " + one.ports(),
          WHY,
          "docker rm --force %s  # on %s".formatted(one.name(), node));
    }
  }
}
