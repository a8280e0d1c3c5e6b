package dev.weir.cli;

import dev.weir.proxy.ProxySettings;
import dev.weir.proxy.ProxyTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a proxy that are neither addresses nor about balancing.
final class ProxyLimits {
  @Section("Times and limits")
  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "200ms",
      description =
          "How long a backend may take to accept a connection (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ofMillis(200);

  @Section("Times and limits")
  @Option(
      names = "--response-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "60s",
      description =
          "How long a backend may send nothing before a request is answered 504 (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration responseTimeout = Duration.ofSeconds(60);

  @Section("Times and limits")
  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "How long requests in flight may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(30);

  @Section("Times and limits")
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Section("Times and limits")
  @Option(
      names = "--connections-max",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many clients may be connected at once (default: ${DEFAULT-VALUE}).")
  private int connectionsMax;

  @Section("Times and limits")
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      defaultValue = "0",
      description =
          "What all clients together may make it hold: connections, heads, requests that wait and"
              + " bytes that nobody takes, as in 64m; 0 for half of what the heap leaves (default:"
              + " ${DEFAULT-VALUE}).")
  private long memory;

  @Section("HTTP")
  @Option(
      names = "--health-path",
      paramLabel = "PATH",
      description =
          "Ask every backend for this path each second and leave out those that do not answer it"
              + " with a status below 400.")
  private @Nullable String healthPath;

  @Section("HTTP")
  @Option(
      names = "--trust-forwarded",
      description =
          "Keep the X-Forwarded-* and Forwarded fields that clients send, and add to them. Only"
              + " behind another proxy that sets them; otherwise they are replaced.")
  private boolean trustForwarded;

  @Section("HTTP")
  @Option(
      names = "--served-by",
      description = "Name the backend that answered in the field X-Served-By.")
  private boolean servedBy;

  /// The times asked for.
  ProxyTimeouts timeouts() {
    return ProxyTimeouts.DEFAULTS
        .withConnect(connectTimeout)
        .withResponse(responseTimeout)
        .withGrace(grace);
  }

  /// The rest.
  ProxySettings.Options options() {
    return new ProxySettings.Options(threads, connectionsMax, trustForwarded, servedBy, healthPath)
        .withMemory(memory);
  }

  /// How long a stop may take.
  Duration grace() {
    return grace;
  }
}
