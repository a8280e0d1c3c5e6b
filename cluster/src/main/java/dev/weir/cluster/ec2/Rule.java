package dev.weir.cluster.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a security group lets in: a protocol and its ports, from a range of addresses or, if there
/// is none, from the machines of the group itself.
///
/// @param protocol `tcp`, `udp` or the number of an IP protocol
/// @param from first port, -1 for a protocol without ports
/// @param to last port, likewise
/// @param cidr the addresses it lets in; empty for the group itself
/// @param purpose what it is for; the rule's description
record Rule(String protocol, int from, int to, Optional<String> cidr, String purpose) {
  static final int SSH = 22;

  /// Who may log in, as the description of that rule; only rules with it are ever revoked.
  static final String OPERATOR = "weir: SSH of the operator";

  private static final String WORLD = "0.0.0.0/0";

  /// The rules of a cluster. The world reaches the balancer alone, the operator SSH, and the
  /// machines each other: VXLAN and the managers' port trust whoever reaches them.
  static List<Rule> ofCluster(Optional<String> operator) {
    var rules = new ArrayList<Rule>();
    rules.add(new Rule("tcp", 80, 80, Optional.of(WORLD), "weir: HTTP"));
    rules.add(new Rule("tcp", 443, 443, Optional.of(WORLD), "weir: HTTPS"));
    operator.ifPresent(cidr -> rules.add(operator(cidr)));
    rules.add(inside("tcp", 2377, "weir: swarm managers"));
    rules.add(inside("tcp", 7946, "weir: swarm gossip"));
    rules.add(inside("udp", 7946, "weir: swarm gossip"));
    rules.add(inside("udp", 4789, "weir: overlay networks"));
    // ESP has no ports, and AWS ignores these; stand-ins of EC2 insist on -1.
    rules.add(inside("50", -1, "weir: encrypted overlay networks"));
    return rules;
  }

  static Rule operator(String cidr) {
    return new Rule("tcp", SSH, SSH, Optional.of(cidr), OPERATOR);
  }

  private static Rule inside(String protocol, int port, String purpose) {
    return new Rule(protocol, port, port, Optional.empty(), purpose);
  }

  /// Whether another rule lets in the same, whatever its description.
  boolean isSame(Rule other) {
    return protocol.equals(other.protocol)
        && (portless() || (from == other.from && to == other.to))
        && cidr.equals(other.cidr);
  }

  private boolean portless() {
    return !protocol.equals("tcp") && !protocol.equals("udp");
  }

  /// Such as `tcp 2377 from the group itself`.
  String text() {
    String ports = portless() ? "protocol " + protocol : protocol + " " + from;
    return ports + " from " + cidr.orElse("the group itself");
  }
}
