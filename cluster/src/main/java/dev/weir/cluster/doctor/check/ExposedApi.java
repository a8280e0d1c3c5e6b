package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.ApiProbe;
import dev.weir.cluster.doctor.fact.ApiProbe.State;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport.Listener;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.List;

/// Engines that listen on TCP without TLS.
final class ExposedApi implements Check {
  private static final String WHY =
      "Whoever reaches this port is root on the machine, and owns the swarm.";

  private static final String[] FIX = {
    "remove tcp:// from \"hosts\" in /etc/docker/daemon.json and from -H of the Engine's unit:",
    "sudo systemctl edit --full docker && sudo systemctl restart docker",
    "use SSH instead: DOCKER_HOST=ssh://USER@HOST, or --tlsverify with certificates on port 2376"
  };

  @Override
  public String name() {
    return "exposed-api";
  }

  @Override
  public void examine(Facts facts, Findings into) {
    facts
        .engine()
        .filter(engine -> engine.isPlain())
        .ifPresent(engine ->
            into.critical(
                engine.address(), "this machine uses the Engine over TCP without TLS", WHY, FIX));
    for (Member member : facts.members()) {
      List<ApiProbe> asked =
          facts.apis().stream().filter(probe -> probe.member().equals(member.name())).toList();
      List<Integer> plain = ports(asked, State.PLAIN);
      for (int port : plain) {
        into.critical(
            member.name(),
            "port %d gives everybody the Engine: it responded to this machine without TLS"
                .formatted(port),
            WHY,
            FIX);
      }
      unreached(member, plain, asked, into);
    }
  }

  private static List<Integer> ports(List<ApiProbe> probes, State state) {
    return probes.stream().filter(p -> p.state() == state).map(ApiProbe::port).toList();
  }

  /// A firewall may keep us out, and let others in.
  private static void unreached(
      Member member, List<Integer> plain, List<ApiProbe> asked, Findings into) {
    var listeners = member.report().flatMap(report -> report.listeners());
    if (listeners.isPresent()) {
      for (Listener one : listeners.get()) {
        boolean suspicious =
            one.port() == ApiPorts.PLAIN || (isEngines(one) && !isOther(one, asked));
        if (one.isOpen() && suspicious && !plain.contains(one.port())) {
          into.critical(
              member.name(),
              "%s listens on port %d of %s"
                  .formatted(
                      one.program().isEmpty() ? "something" : one.program(),
                      one.port(),
                      one.address()),
              WHY + " From here the port did not respond; from elsewhere it may.",
              FIX);
        }
      }
    } else if (asked.stream().anyMatch(probe -> probe.state() == State.SILENT) || asked.isEmpty()) {
      into.unseen(
          member.name(),
          member.isUp()
              ? "2375 is silent from here, which does not show that it is closed"
              : "the node is down");
    }
  }

  private static boolean isEngines(Listener one) {
    return one.program().equals("dockerd") && !ApiPorts.OF_SWARM.contains(one.port());
  }

  /// It responded, but not as an Engine without TLS does.
  private static boolean isOther(Listener one, List<ApiProbe> asked) {
    return ports(asked, State.OTHER).contains(one.port());
  }
}
