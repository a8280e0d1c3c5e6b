package dev.weir.cluster.doctor.check;

import java.util.List;

/// All checks, in the order in which they are listed.
public final class Checks {
  private static final List<Check> ALL =
      List.of(
          new EngineState(),
          new Quorum(),
          new NodeStates(),
          new Versions(),
          new Ports(),
          new Clocks(),
          new PacketSizes(),
          new Disks(),
          new ExposedApi(),
          new SocketHolders(),
          new WorldOpen(),
          new Certificates(),
          new PendingTasks(),
          new FailingServices(),
          new AddressPools(),
          new LiveRestore(),
          new Firewalls(),
          new RoutingMesh(),
          new SwarmSettings());

  private Checks() {}

  /// Every check there is.
  public static List<Check> all() {
    return ALL;
  }

  /// Their names.
  public static List<String> names() {
    return ALL.stream().map(Check::name).toList();
  }
}
