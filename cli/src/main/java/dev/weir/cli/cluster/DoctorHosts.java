package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.doctor.reading.HostTarget;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
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

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Examine this cluster, which 'weir cluster up' has made.")
  private @Nullable String cluster;

  /// The machines, each with the way to log in.
  ///
  /// @throws UserError if there is no such cluster
  List<HostTarget> targets() {
    if (ssh.isEmpty() && cluster != null) {
      return ofCluster(cluster);
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

  private static List<HostTarget> ofCluster(String name) {
    ClusterStore store = ClusterStore.of(System.getenv(), Path.of(System.getProperty("user.home")));
    ClusterRecord found =
        store
            .find(name)
            .orElseThrow(() ->
                new UserError(
                    "--cluster: %s: no such cluster (expected: %s)"
                        .formatted(name, String.join(", ", store.names()))));
    return found.nodes().stream()
        .map(node ->
            new HostTarget(node.name(), found.login(node, store.knownHosts(name)), node.nodeId()))
        .toList();
  }
}
