package dev.weir.swarm.stack.convert;

import dev.weir.swarm.stack.read.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `deploy` part of a service: how many tasks, where, with what, and how they are replaced.
final class DeployConversion {
  private static final Pattern FRACTION = Pattern.compile("([-+]?\\d+)/(\\d+)");
  private static final int DIGITS_MAX = 100;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  private final Map<String, @Nullable Object> service;
  private final Map<String, @Nullable Object> deploy;
  private final BiConsumer<String, String> problem;

  /// @param problem takes a path below the service and what is wrong there
  DeployConversion(Map<String, @Nullable Object> service, BiConsumer<String, String> problem) {
    this.service = service;
    this.deploy = Values.map(service.get("deploy"));
    this.problem = problem;
  }

  EngineSpec mode() {
    String mode = Values.text(deploy.get("mode"));
    Object replicas = deploy.get("replicas");
    return switch (mode) {
      case "", "replicated" ->
          new EngineSpec().always("Replicated", new EngineSpec().given("Replicas", replicas));
      case "replicated-job" ->
          new EngineSpec()
              .always(
                  "ReplicatedJob",
                  new EngineSpec()
                      .given("MaxConcurrent", replicas)
                      .given("TotalCompletions", replicas));
      case "global", "global-job" -> {
        if (replicas != null) {
          problem.accept("deploy.replicas", "means nothing in mode " + mode);
        }
        yield new EngineSpec()
            .always(mode.equals("global") ? "Global" : "GlobalJob", new EngineSpec());
      }
      default -> {
        problem.accept(
            "deploy.mode", mode + " (expected: replicated, global, replicated-job or global-job)");
        yield new EngineSpec();
      }
    };
  }

  @Nullable EngineSpec update(String key) {
    if (!deploy.containsKey(key)) {
      return null;
    }
    Map<String, @Nullable Object> update = Values.map(deploy.get(key));
    Object ratio = update.get("max_failure_ratio");
    return new EngineSpec()
        .always("Parallelism", update.containsKey("parallelism") ? update.get("parallelism") : 1L)
        .put("Delay", update.get("delay"))
        .put("FailureAction", update.get("failure_action"))
        .put("Monitor", update.get("monitor"))
        .always("MaxFailureRatio", ratio == null ? 0L : ratio)
        .always("Order", Values.text(update.get("order")));
  }

  /// `deploy.restart_policy`, or else `restart`.
  @Nullable EngineSpec restart() {
    if (deploy.containsKey("restart_policy")) {
      Map<String, @Nullable Object> policy = Values.map(deploy.get("restart_policy"));
      return new EngineSpec()
          .put("Condition", policy.get("condition"))
          .given("Delay", policy.get("delay"))
          .given("MaxAttempts", policy.get("max_attempts"))
          .given("Window", policy.get("window"));
    }
    String restart = Values.text(service.get("restart"));
    int colon = restart.indexOf(':');
    String policy = colon < 0 ? restart : restart.substring(0, colon);
    String count = colon < 0 ? "" : restart.substring(colon + 1);
    if (!count.matches("[-+]?\\d{0,18}") || (colon == 0)) {
      problem.accept("restart", "`%s` (expected: such as on-failure:3)".formatted(restart));
      return null;
    }
    return switch (policy) {
      case "", "no" -> null;
      case "always", "unless-stopped" -> new EngineSpec().put("Condition", "any");
      case "on-failure" ->
          new EngineSpec()
              .put("Condition", "on-failure")
              .always("MaxAttempts", count.isEmpty() ? 0L : Long.parseLong(count));
      default -> {
        problem.accept(
            "restart",
            "`%s` (expected: no, always, unless-stopped or on-failure)".formatted(restart));
        yield null;
      }
    };
  }

  EngineSpec resources() {
    Map<String, @Nullable Object> resources = Values.map(deploy.get("resources"));
    EngineSpec spec = new EngineSpec();
    if (resources.containsKey("limits")) {
      Map<String, @Nullable Object> limits = Values.map(resources.get("limits"));
      spec.always("Limits", amounts(limits, "limits").put("Pids", limits.get("pids")));
    }
    if (resources.containsKey("reservations")) {
      Map<String, @Nullable Object> reserved = Values.map(resources.get("reservations"));
      spec.always(
          "Reservations",
          amounts(reserved, "reservations").put("GenericResources", generic(reserved)));
    }
    return spec;
  }

  private EngineSpec amounts(Map<String, @Nullable Object> amounts, String key) {
    Object cpus = amounts.get("cpus");
    Long nanos = null;
    if (cpus != null) {
      try {
        nanos = nanos(Values.text(cpus));
      } catch (ArithmeticException | NumberFormatException e) {
        problem.accept(
            "deploy.resources." + key + ".cpus",
            "`%s` (expected: a number such as 0.5, with up to 9 decimals)".formatted(cpus));
      }
    }
    return new EngineSpec().put("NanoCPUs", nanos).put("MemoryBytes", amounts.get("memory"));
  }

  private static long nanos(String cpus) {
    if (cpus.length() > DIGITS_MAX) {
      throw new NumberFormatException("too long");
    }
    var fraction = FRACTION.matcher(cpus);
    BigDecimal nanos =
        fraction.matches()
            ? new BigDecimal(fraction.group(1))
                .multiply(NANOS)
                .divide(new BigDecimal(fraction.group(2)))
            : new BigDecimal(cpus).multiply(NANOS);
    if (Math.abs((long) nanos.scale()) > DIGITS_MAX) {
      throw new ArithmeticException("1e999999999 written out is a gigabyte");
    }
    BigInteger exact = nanos.toBigIntegerExact();
    return exact.longValueExact();
  }

  private static List<Object> generic(Map<String, @Nullable Object> reserved) {
    List<Object> out = new ArrayList<>();
    for (Object each : Values.list(reserved.get("generic_resources"))) {
      Map<String, @Nullable Object> map = Values.map(each);
      EngineSpec spec = new EngineSpec();
      if (map.containsKey("discrete_resource_spec")) {
        Map<String, @Nullable Object> discrete = Values.map(map.get("discrete_resource_spec"));
        spec.always(
            "DiscreteResourceSpec",
            new EngineSpec().put("Kind", discrete.get("kind")).put("Value", discrete.get("value")));
      }
      out.add(spec);
    }
    return out;
  }

  EngineSpec placement() {
    Map<String, @Nullable Object> placement = Values.map(deploy.get("placement"));
    List<Object> preferences = new ArrayList<>();
    for (Object each : Values.list(placement.get("preferences"))) {
      String spread = Values.text(Values.map(each).get("spread"));
      preferences.add(
          new EngineSpec().always("Spread", new EngineSpec().always("SpreadDescriptor", spread)));
    }
    return new EngineSpec()
        .put("Constraints", placement.get("constraints"))
        .put("Preferences", preferences)
        .put("MaxReplicas", placement.get("max_replicas_per_node"));
  }
}
