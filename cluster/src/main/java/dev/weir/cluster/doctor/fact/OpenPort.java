package dev.weir.cluster.doctor.fact;

/// A range of ports that a rule outside of the machines lets through.
///
/// @param rule what the rule belongs to, such as a security group's id and name
/// @param protocol `tcp`, `udp`, or `all`
/// @param from the first port
/// @param to the last port
/// @param source who may connect, as a range of addresses
public record OpenPort(String rule, String protocol, int from, int to, String source) {
  /// Whether everybody may.
  public boolean isWorld() {
    return source.equals("0.0.0.0/0") || source.equals("::/0");
  }

  /// Whether it includes a port of a protocol.
  public boolean includes(int port, String wanted) {
    return port >= from && port <= to && (protocol.equals("all") || protocol.equals(wanted));
  }

  @Override
  public String toString() {
    if (from <= 0 && to >= 65_535) {
      return "every port/" + protocol;
    }
    return (from == to ? "" + from : from + "-" + to) + "/" + protocol;
  }
}
