package dev.weir.cli.simulate;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.WordCompletion;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The options of a simulation that set its balancer.
@HelpSection("Balancer")
final class SimulatedBalancer {
  private static final long EJECT_NANOS = 1_000_000_000L;

  @Option(
      names = "--limit",
      paramLabel = "auto|off|N",
      completionCandidates = WordCompletion.Limits.class,
      defaultValue = "auto",
      description =
          "Requests that a replica may have in flight with the policy weir: a learned number, any"
              + " number, or N. Default: ${DEFAULT-VALUE}.")
  private String limit = "auto";

  @Option(
      names = "--limit-max",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Upper bound of a limit, learned or still open. Default: ${DEFAULT-VALUE}.")
  private int limitMax;

  @Option(
      names = "--slow-start",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "How long a new replica gets less than its share. Default: ${DEFAULT-VALUE}.")
  private Duration slowStart = Duration.ZERO;

  @Option(
      names = "--queue-cap",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many requests may wait at the balancer. Default: ${DEFAULT-VALUE}.")
  private int queueCap;

  @Option(
      names = "--queue-deadline",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How long a request may wait there. Default: ${DEFAULT-VALUE}.")
  private Duration queueDeadline = Duration.ofHours(24);

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "0ms",
      converter = DurationConverter.class,
      description =
          "How long a client waits for a slot before it gives up; 0 never gives up. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration patience = Duration.ZERO;

  long patienceNanos() {
    return patience.toNanos();
  }

  /// The settings, without the policy.
  BalancerSettings settings() {
    return new BalancerSettings(
        PolicySpec.WEIR,
        queueCap,
        queueDeadline.toNanos(),
        EJECT_NANOS,
        LimitSpec.parse("--limit", limit),
        limitMax,
        slowStart.toNanos());
  }
}
