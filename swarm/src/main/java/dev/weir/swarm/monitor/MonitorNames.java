package dev.weir.swarm.monitor;

/// The names of the monitor's objects in a swarm.
final class MonitorNames {
  /// The label on everything that `monitor start` creates; the value is its purpose.
  static final String LABEL = "dev.weir.monitor";

  /// The label on another service that samples containers on every node; the value is its kind.
  static final String SAMPLES = "weir.samples";

  static final String CADVISOR_SAMPLES = "cadvisor";

  static final String AGENT = "weir-agent";
  static final String CADVISOR = "weir-cadvisor";
  static final String NETWORK = "weir-monitor";

  private MonitorNames() {}
}
