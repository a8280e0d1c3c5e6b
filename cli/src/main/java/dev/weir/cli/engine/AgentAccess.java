package dev.weir.cli.engine;

import dev.weir.base.Checks;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How commands that ask a swarm's agents reach them.
@HelpSection("Agents")
public final class AgentAccess extends AgentConnectionOptions {
  private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "5s",
      description = "How long a node may take to respond (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(5);

  public Duration timeout() {
    Checks.check(timeout.compareTo(TIMEOUT_MIN) >= 0, "--timeout", timeout, ">= 100ms");
    return timeout;
  }
}
