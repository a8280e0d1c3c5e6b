package dev.weir.cluster.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The ports of a swarm, and the commands that open them to other nodes and nobody else.
final class Ports {
  /// Managers decide here.
  static final String MANAGER = "tcp:2377";

  /// Nodes find each other here.
  static final List<String> GOSSIP = List.of("tcp:7946", "udp:7946");

  /// Overlay networks.
  static final String OVERLAY = "udp:4789";

  private Ports() {}

  /// What other nodes must reach on a machine.
  static List<String> of(boolean manager) {
    var ports = new ArrayList<String>();
    if (manager) {
      ports.add(MANAGER);
    }
    ports.addAll(GOSSIP);
    ports.add(OVERLAY);
    return List.copyOf(ports);
  }

  /// Such as `7946/udp`.
  static String shown(String target) {
    return target.replaceFirst("([a-z]+):([0-9]+)", "$2/$1");
  }

  /// The same for several.
  static String shown(List<String> targets) {
    return targets.stream().map(Ports::shown).collect(Collectors.joining(", "));
  }

  /// How to open ports of a machine for others.
  ///
  /// @param firewall `ufw` or `firewalld`; empty if none of them is active
  /// @param peers addresses of the other machines
  static String opening(Optional<String> firewall, List<String> targets, List<String> peers) {
    return switch (firewall.orElse("")) {
      case "ufw" ->
          peers.stream()
              .flatMap(peer -> targets.stream().map(target -> ufw(target, peer)))
              .collect(Collectors.joining("; "));
      case "firewalld" ->
          peers.stream()
                  .flatMap(peer -> targets.stream().map(target -> firewalld(target, peer)))
                  .collect(Collectors.joining("; "))
              + "; sudo firewall-cmd --reload";
      default ->
          "open %s from %s on the machine and in the network between (nftables, security group, ACL)"
              .formatted(shown(targets), String.join(", ", peers));
    };
  }

  private static String ufw(String target, String peer) {
    return "sudo ufw allow proto %s from %s to any port %s"
        .formatted(protocol(target), peer, number(target));
  }

  private static String firewalld(String target, String peer) {
    return ("sudo firewall-cmd --permanent --add-rich-rule='rule family=ipv4 source address=%s"
            + " port port=%s protocol=%s accept'")
        .formatted(peer, number(target), protocol(target));
  }

  private static String protocol(String target) {
    return target.substring(0, target.indexOf(':'));
  }

  private static String number(String target) {
    return target.substring(target.indexOf(':') + 1);
  }
}
