package dev.weir.cli.engine;

import dev.weir.base.Checks;
import dev.weir.base.UserError;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.lab.sampling.SamplingSettings;
import dev.weir.observe.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of sampling containers during a measurement.
@HelpSection("Samples")
public final class SamplingOptions extends AgentConnectionOptions implements SamplingSettings {
  private static final Duration CADENCE_MIN = Duration.ofMillis(100);
  private static final Duration CADENCE_MAX = Duration.ofMinutes(1);

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "Source of samples: agent, cadvisor, docker (only the node of --host) or none; auto"
              + " takes the best of each node (default: ${DEFAULT-VALUE}).")
  private Source source = Source.AUTO;

  @Option(
      names = {"--api-url", "--api_url"},
      paramLabel = "URL",
      description =
          "Sample this cAdvisor, such as http://localhost:70/api/v1.3/docker/ or http://w1:70,"
              + " instead of a swarm's nodes. Repeatable.")
  private List<String> apiUrls = new ArrayList<>();

  @Option(
      names = "--cadence",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "Time between readings (default: ${DEFAULT-VALUE}).")
  private Duration cadence = Sampler.CADENCE;

  @Override
  public Source source() {
    return apiUrls.isEmpty() ? source : Source.CADVISOR;
  }

  @Override
  public Duration cadence() {
    Checks.check(
        cadence.compareTo(CADENCE_MIN) >= 0 && cadence.compareTo(CADENCE_MAX) <= 0,
        "--cadence",
        cadence,
        "100ms to 1m");
    return cadence;
  }

  /// The cAdvisors of `--api-url`, as typed.
  @Override
  public List<URI> cadvisors() {
    return apiUrls.stream().map(SamplingOptions::cadvisor).toList();
  }

  private static URI cadvisor(String text) {
    String expected = "%s: %s (expected: a cAdvisor, such as http://localhost:70/)";
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(expected.formatted("--api-url", text), e);
    }
    throw new UserError(expected.formatted("--api-url", text));
  }
}
