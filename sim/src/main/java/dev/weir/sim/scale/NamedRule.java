package dev.weir.sim.scale;

import dev.weir.scale.ScaleSettings;

/// A rule as a user names it.
public sealed interface NamedRule {
  /// As users type it.
  String label();

  /// The rule, at the start of a run.
  AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace);

  /// How many replicas there are at the start.
  ///
  /// @param usual how many make 70 % busy
  default int first(int usual) {
    return usual;
  }

  /// Weir's own.
  ///
  /// @param holdSeconds how long a fall must last
  /// @param drainSeconds in what time a backlog is to be served
  record Weir(double holdSeconds, double drainSeconds) implements NamedRule {
    @Override
    public String label() {
      return "weir";
    }

    @Override
    public AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace) {
      return new WeirRule(
          scenario,
          ScaleSettings.of(scenario.promise(), scenario.min(), scenario.max())
              .withHold(holdSeconds)
              .withDrain(drainSeconds));
    }
  }

  /// Kubernetes' HorizontalPodAutoscaler by CPU.
  record Cpu() implements NamedRule {
    @Override
    public String label() {
      return "cpu";
    }

    @Override
    public AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace) {
      return new CpuRule(scenario.slots());
    }
  }

  /// Knative's pod autoscaler.
  record Kpa() implements NamedRule {
    @Override
    public String label() {
      return "kpa";
    }

    @Override
    public AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace) {
      return new KpaRule(scenario.slots());
    }
  }

  /// A count that never changes.
  ///
  /// @param replicas how many
  record Fixed(int replicas) implements NamedRule {
    @Override
    public String label() {
      return "fixed=" + replicas;
    }

    @Override
    public AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace) {
      return new AutoscaleRule() {
        @Override
        public double tickSeconds() {
          return 10;
        }

        @Override
        public int replicas(ScaleView view) {
          return replicas;
        }
      };
    }

    @Override
    public int first(int usual) {
      return replicas;
    }
  }

  /// One that knows the rate of the trace in advance.
  record Clairvoyant() implements NamedRule {
    @Override
    public String label() {
      return "clairvoyant";
    }

    @Override
    public AutoscaleRule rule(ScaleScenario scenario, LoadTrace trace) {
      return new ClairvoyantRule(scenario, trace);
    }
  }
}
