package dev.weir.swarm.monitor;

/// What the monitor's things are called in a swarm.
final class MonitorNames {
  /// On everything that `monitor start` makes; the value is what it is for.
  static final String LABEL = "dev.weir.monitor";

  /// On a service of somebody else's that samples containers on every node; the value is what it
  /// is.
  static final String SAMPLES = "weir.samples";

  static final String CADVISOR_SAMPLES = "cadvisor";

  static final String AGENT = "weir-agent";
  static final String CADVISOR = "weir-cadvisor";
  static final String NETWORK = "weir-monitor";

  private MonitorNames() {}
}
