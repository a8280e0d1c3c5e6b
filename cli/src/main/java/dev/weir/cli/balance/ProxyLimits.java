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

/// The options of a proxy that are neither addresses nor about balancing.
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
          "How long a replica may take to begin its response before the client gets a 504; of a"
              + " service the label weir.timeout.response says it (default: ${DEFAULT-VALUE}).")
  private Duration responseTimeout = Duration.ofSeconds(60);

  @HelpSection("Times and limits")
  @Option(
      names = "--stream-idle-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "5m",
      description =
          "How long a response that has begun may send nothing before it is cut; of a service the"
              + " label weir.timeout.stream-idle says it (default: ${DEFAULT-VALUE}).")
  private Duration streamIdleTimeout = Duration.ofMinutes(5);

  @HelpSection("Times and limits")
  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "0s",
      description =
          "How long a request may take in all, from its head to the last byte of its response; 0s"
              + " for no bound; of a service the label weir.timeout.request says it (default:"
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
          "What all clients together may make it hold: connections, heads, requests that wait and"
              + " bytes that wait for a slow reader, as in 64m; 0 for half of what the heap leaves (default:"
              + " ${DEFAULT-VALUE}).")
  private long memory;

  @HelpSection("HTTP")
  @Option(
      names = "--health-path",
      paramLabel = "PATH",
      description =
          "Ask every replica for this path each second and leave out those that do not respond"
              + " with a status below 400.")
  private @Nullable String healthPath;

  @HelpSection("HTTP")
  @Option(
      names = "--trust-forwarded",
      paramLabel = "NETWORK,...",
      arity = "0..1",
      fallbackValue = EVERYONE,
      description =
          "Keep the X-Forwarded-*, Forwarded and X-Real-IP fields (and their kind) that clients at"
              + " these addresses send, and add to them, as in 10.0.0.0/8,::1; of others they are"
              + " replaced. Without a value: of every client. For proxies in front of this one.")
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
          "How long a line of a head may be; longer ones of clients get a 414 or 431, of"
              + " replicas a 502 (default: ${DEFAULT-VALUE}).")
  private int headLineMax;

  @HelpSection("HTTP")
  @Option(
      names = "--head-fields-max",
      paramLabel = "N",
      defaultValue = "128",
      description = "How many header fields a head may have (default: ${DEFAULT-VALUE}).")
  private int headFieldsMax;

  @HelpSection("HTTP")
  @Option(
      names = "--head-max",
      paramLabel = "BYTES",
      defaultValue = "65536",
      description = "How large a head may be in all (default: ${DEFAULT-VALUE}).")
  private int headMax;

  @HelpSection("HTTP")
  @Option(
      names = "--replica-lenient",
      description =
          "Take responses of old programs that break rules without harm to other clients, such as"
              + " lines that end in LF alone; of a service the label weir.replica.lenient says it.")
  private boolean replicaLenient;

  /// The times asked for.
  ProxyTimeouts timeouts() {
    return ProxyTimeouts.DEFAULTS
        .withConnect(connectTimeout)
        .with(new ResponseTimeouts(responseTimeout, streamIdleTimeout, requestTimeout))
        .withGrace(grace);
  }

  /// The rest.
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
