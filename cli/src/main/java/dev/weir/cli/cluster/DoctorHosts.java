package dev.weir.cli.cluster;

import dev.weir.cli.engine.ClusterAccess;
import dev.weir.cluster.doctor.reading.HostTarget;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshLogin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The machines to which the doctor logs in.
final class DoctorHosts {
  @Option(
      names = "--ssh",
      paramLabel = "[USER@]HOST[:PORT]",
      split = ",",
      description =
          "Log in to these nodes, as the ssh command does. Separated by commas, or repeated. Default:"
              + " the machines of --cluster.")
  private List<String> ssh = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Private key for --ssh. Default: as in ~/.ssh/config.")
  private @Nullable Path key;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "Host keys for --ssh. Default: as in ~/.ssh/config.")
  private @Nullable Path knownHosts;

  /// The machines of `--ssh`, or else of a cluster, each with the way to log in.
  List<HostTarget> targets(Optional<ClusterRecord> cluster) {
    if (ssh.isEmpty()) {
      return cluster.map(DoctorHosts::ofCluster).orElse(List.of());
    }
    return ssh.stream()
        .map(text -> SshAddress.parse(text, "--ssh"))
        .map(address ->
            new HostTarget(
                address.host(),
                new SshLogin(address, Optional.ofNullable(key), Optional.ofNullable(knownHosts)),
                Optional.empty()))
        .toList();
  }

  private static List<HostTarget> ofCluster(ClusterRecord cluster) {
    Path knownHosts = ClusterAccess.store().knownHosts(cluster.name());
    return cluster.nodes().stream()
        .map(node -> new HostTarget(node.name(), cluster.login(node, knownHosts), node.nodeId()))
        .toList();
  }
}
