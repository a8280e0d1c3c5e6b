package dev.weir.swarm.monitor;

import dev.weir.base.Problems;
import java.util.List;
import java.util.Optional;

/// What to run on every node.
///
/// @param agentImage the image with `weir`; absent for no agent
/// @param agentPort the nodes' port that the agent responds on; 0 for the overlay network only
/// @param cadvisorImage absent for no cAdvisor
/// @param cadvisorPort the nodes' port that cAdvisor responds on; 0 for the overlay network only
/// @param cadvisorArguments further arguments of cAdvisor
/// @param cadvisorMounts further folders of the node that cAdvisor sees, read-only
/// @param socket where the engine listens on every node
/// @param encrypted whether the overlay network is encrypted
public record MonitorPlan(
    Optional<String> agentImage,
    int agentPort,
    Optional<String> cadvisorImage,
    int cadvisorPort,
    List<String> cadvisorArguments,
    List<String> cadvisorMounts,
    String socket,
    boolean encrypted) {
  private static final int PORT_MAX = 0xffff;

  public MonitorPlan {
    cadvisorArguments = List.copyOf(cadvisorArguments);
    cadvisorMounts = List.copyOf(cadvisorMounts);
    var problems = new Problems();
    String port = "a port from 1 to 65535, or 0 for none";
    problems.check(agentPort >= 0 && agentPort <= PORT_MAX, "--agent-port", agentPort, port);
    problems.check(
        cadvisorPort >= 0 && cadvisorPort <= PORT_MAX, "--cadvisor-port", cadvisorPort, port);
    problems.check(
        agentPort == 0 || agentPort != cadvisorPort,
        "--cadvisor-port",
        cadvisorPort,
        "another than the agent's");
    problems.check(socket.startsWith("/"), "--socket", socket, "an absolute path on the nodes");
    cadvisorMounts.forEach(mount ->
        problems.check(mount.startsWith("/"), "--cadvisor-mount", mount, "an absolute path"));
    problems.check(
        agentImage.isPresent() || cadvisorImage.isPresent(),
        "--without",
        "agent,cadvisor",
        "one of them at most");
    problems.throwIfAny("monitor start");
  }
}
