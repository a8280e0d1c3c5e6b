package dev.weir.cli.console;

import dev.weir.cli.engine.AgentConnectionOptions;
import dev.weir.cli.option.HelpSection;
import dev.weir.lab.sampling.SamplingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/// Where a console gets CPU and memory from.
@HelpSection("Samples")
public final class UsageOptions extends AgentConnectionOptions implements SamplingSettings {
  private static final Duration CADENCE = Duration.ofSeconds(5);

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "Source of CPU and memory: agent, cadvisor, docker (only the node of --host) or none;"
              + " auto takes the agent or cAdvisor of each node (default: ${DEFAULT-VALUE}).")
  private Source source = Source.AUTO;

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Duration cadence() {
    return CADENCE;
  }

  @Override
  public List<URI> cadvisors() {
    return List.of();
  }
}
