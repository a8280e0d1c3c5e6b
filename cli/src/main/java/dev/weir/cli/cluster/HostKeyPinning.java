package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.ssh.HostKey;
import dev.weir.ssh.HostKeys;
import dev.weir.ssh.SshAddress;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the host keys of new machines into the cluster's own known_hosts: those that the user
/// trusts already, or accepts now. From then on only these keys are trusted.
final class HostKeyPinning {
  private static final Duration SCAN_MAX = Duration.ofSeconds(15);

  private final Path own;
  private final List<Path> trusted;
  private final boolean accept;

  /// @param own the cluster's file
  /// @param trusted files of the user
  /// @param accept whether unknown keys are trusted without a question
  HostKeyPinning(Path own, List<Path> trusted, boolean accept) {
    this.own = own;
    this.trusted = trusted;
    this.accept = accept;
  }

  /// Sees to it that each machine has a key there. One that does not respond is left to the checks.
  ///
  /// @throws UserError if keys are unknown, and nobody accepts them
  void run(List<ClusterOrder.Node> nodes, Terminal terminal) {
    var unknown = new ArrayList<SshAddress>();
    for (ClusterOrder.Node node : nodes) {
      SshAddress address = node.login().address();
      if (HostKeys.known(own, address).isEmpty() && !adopt(address)) {
        unknown.add(address);
      }
    }
    Map<SshAddress, List<HostKey>> shown = scan(unknown);
    if (!shown.isEmpty()) {
      if (!accept) {
        ask(lines(shown));
      } else {
        lines(shown).forEach(line -> terminal.report("trusted from now on: " + line));
      }
      shown.values().forEach(keys -> HostKeys.pin(own, keys));
    }
  }

  private boolean adopt(SshAddress address) {
    for (Path file : trusted) {
      List<HostKey> keys = HostKeys.known(file, address);
      if (!keys.isEmpty()) {
        HostKeys.pin(own, keys);
        return true;
      }
    }
    return false;
  }

  private static Map<SshAddress, List<HostKey>> scan(List<SshAddress> addresses) {
    var shown = new LinkedHashMap<SshAddress, List<HostKey>>();
    for (var outcome : Parallel.each(addresses, address -> HostKeys.scan(address, SCAN_MAX))) {
      if (outcome instanceof Outcome.Done<SshAddress, List<HostKey>>(var address, var keys)
          && !keys.isEmpty()) {
        shown.put(address, keys);
      }
    }
    return shown;
  }

  private static List<String> lines(Map<SshAddress, List<HostKey>> shown) {
    var lines = new ArrayList<String>();
    shown.forEach((address, keys) ->
        lines.add(
            "%s  %s %s".formatted(address, keys.getFirst().type(), keys.getFirst().fingerprint())));
    return lines;
  }

  private static void ask(List<String> lines) {
    var shown = new ArrayList<String>();
    shown.add(
        "These machines are new. They show these host keys; compare them with those that the");
    shown.add("machines themselves print (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub):");
    lines.forEach(line -> shown.add("  " + line));
    Optional<String> reply = Terminal.ask(shown, "Trust them? [y/N] ");
    if (!Confirmation.isYes(reply)) {
      throw new UserError(
          "host keys: not trusted (expected: y; or --known-hosts FILE that holds them; or"
              + " --accept-host-keys): "
              + String.join("; ", lines));
    }
  }
}
