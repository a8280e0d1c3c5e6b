package dev.weir.cli.balance;

import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.SizeConverter;
import dev.weir.proxy.config.HttpRules;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.config.ResponseTimeouts;
import dev.weir.proxy.config.TrustedPeers;
import dev.weir.proxy.http.HeadLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The proxy's timeouts, bounds and header options.
final class ProxyLimits {
  private static final String EVERYONE = "everybody";

  @HelpSection("Times and limits")
  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "200ms",
      description =
          "How long a replica may take to accept a connection (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ofMillis(200);

  @HelpSection("Times and limits")
  @Option(
      names = "--response-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "60s",
      description =
          "How long a replica may take to begin its response before the client gets a 504. Per"
              + " service: the label weir.timeout.response (default: ${DEFAULT-VALUE}).")
  private Duration responseTimeout = Duration.ofSeconds(60);

  @HelpSection("Times and limits")
  @Option(
      names = "--stream-idle-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "5m",
      description =
          "How long a response that has begun may be silent before it is cut. Per service: the"
              + " label weir.timeout.stream-idle (default: ${DEFAULT-VALUE}).")
  private Duration streamIdleTimeout = Duration.ofMinutes(5);

  @HelpSection("Times and limits")
  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "0s",
      description =
          "Longest time of a whole request, from its head to the last byte of its response; 0s for"
              + " no bound. Per service: the label weir.timeout.request (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration requestTimeout = Duration.ZERO;

  @HelpSection("Times and limits")
  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "How long requests in flight may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(30);

  @HelpSection("Times and limits")
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @HelpSection("Times and limits")
  @Option(
      names = "--connections-max",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many clients may be connected at once (default: ${DEFAULT-VALUE}).")
  private int connectionsMax;

  @HelpSection("Times and limits")
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      defaultValue = "0",
      description =
          "Memory budget of all clients together: connections, heads, queued requests and bytes"
              + " for slow readers, as in 64m; 0 takes half of the heap that the program leaves"
              + " free (default: ${DEFAULT-VALUE}).")
  private long memory;

  @HelpSection("HTTP")
  @Option(
      names = "--health-path",
      paramLabel = "PATH",
      description =
          "Request this path from every replica each second; leave out those that do not respond"
              + " with a status below 400.")
  private @Nullable String healthPath;

  @HelpSection("HTTP")
  @Option(
      names = "--trust-forwarded",
      paramLabel = "NETWORK,...",
      arity = "0..1",
      fallbackValue = EVERYONE,
      description =
          "Networks of proxies in front of this one, as in 10.0.0.0/8,::1. Their X-Forwarded-*,"
              + " Forwarded, X-Real-IP and similar fields are kept and added to; those of other"
              + " clients are replaced. Without a value: trust every client.")
  private @Nullable String trustForwarded;

  @HelpSection("HTTP")
  @Option(
      names = "--served-by",
      description = "Name the replica that responded in the field X-Served-By.")
  private boolean servedBy;

  @HelpSection("HTTP")
  @Option(
      names = "--head-line-max",
      paramLabel = "BYTES",
      defaultValue = "16384",
      description =
          "Longest line of a head. A longer one from a client gets a 414 or 431, from a replica a"
              + " 502 (default: ${DEFAULT-VALUE}).")
  private int headLineMax;

  @HelpSection("HTTP")
  @Option(
      names = "--head-fields-max",
      paramLabel = "N",
      defaultValue = "128",
      description = "Most header fields of a head (default: ${DEFAULT-VALUE}).")
  private int headFieldsMax;

  @HelpSection("HTTP")
  @Option(
      names = "--head-max",
      paramLabel = "BYTES",
      defaultValue = "65536",
      description = "Largest head in all (default: ${DEFAULT-VALUE}).")
  private int headMax;

  @HelpSection("HTTP")
  @Option(
      names = "--replica-lenient",
      description =
          "Accept harmless violations of HTTP in replicas' responses, such as lines that end in LF"
              + " alone. Per service: the label weir.replica.lenient.")
  private boolean replicaLenient;

  /// The timeouts.
  ProxyTimeouts timeouts() {
    return ProxyTimeouts.DEFAULTS
        .withConnect(connectTimeout)
        .with(new ResponseTimeouts(responseTimeout, streamIdleTimeout, requestTimeout))
        .withGrace(grace);
  }

  /// All other settings of the proxy.
  ///
  /// @throws IllegalArgumentException naming the options that are wrong
  ProxySettings.Options options() {
    return new ProxySettings.Options(
        threads, connectionsMax, servedBy, healthPath, rules(), memory, null);
  }

  private HttpRules rules() {
    var heads = new HeadLimits(headLineMax, headFieldsMax, headMax);
    return new HttpRules(trusted(), heads, replicaLenient);
  }

  private TrustedPeers trusted() {
    if (trustForwarded == null) {
      return TrustedPeers.NOBODY;
    }
    return trustForwarded.equals(EVERYONE)
        ? TrustedPeers.EVERYBODY
        : TrustedPeers.parse("--trust-forwarded", trustForwarded);
  }

  /// How long a stop may take.
  Duration grace() {
    return grace;
  }
}
