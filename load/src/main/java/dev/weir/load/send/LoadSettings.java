package dev.weir.load.send;

import dev.weir.arrivals.Schedule;
import dev.weir.base.Checks;
import dev.weir.load.http.RequestTemplate;
import dev.weir.load.http.Target;
import dev.weir.load.http.TlsSettings;
import java.time.Duration;

/// The settings of one run of load.
///
/// @param target the destination of the requests
/// @param request the request to repeat
/// @param schedule when each is due
/// @param timeout how long a response may take, from the send
/// @param connectionsMax how many connections may be open at once
/// @param keepAlive whether a connection carries more than one request
/// @param tls which certificates to trust
/// @param replicaHeader the response header that names the replica; without it X-Replica is read
public record LoadSettings(
    Target target,
    RequestTemplate request,
    Schedule schedule,
    Duration timeout,
    int connectionsMax,
    boolean keepAlive,
    TlsSettings tls,
    String replicaHeader) {
  /// Long enough for slow servers, short enough to notice hanging ones.
  public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);

  /// An open loop needs no cap; this one protects the machine's descriptors.
  public static final int CONNECTIONS_DEFAULT = 4096;

  /// The header in which most proxies name the replica.
  public static final String REPLICA_HEADER_DEFAULT = "X-Served-By";

  private static final int CONNECTIONS_MAX = 60_000;
  private static final int REQUESTS_MAX = 10_000_000;
  private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

  /// Refuses settings that cannot run.
  public LoadSettings {
    boolean sane = timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0;
    Checks.check(sane, "--timeout", timeout, "> 0 and at most an hour");
    Checks.check(
        connectionsMax >= 1 && connectionsMax <= CONNECTIONS_MAX,
        "--connections",
        connectionsMax,
        "1 to " + CONNECTIONS_MAX);
    int requests = schedule.size();
    Checks.check(
        requests >= 1 && requests <= REQUESTS_MAX,
        "--iter",
        requests + " requests",
        "1 to %d; a longer --duration, a higher rate or several runs".formatted(REQUESTS_MAX));
  }

  /// A run of plain GETs with all defaults.
  public static LoadSettings of(Target target, Schedule schedule) {
    return new LoadSettings(
        target,
        RequestTemplate.get(),
        schedule,
        TIMEOUT_DEFAULT,
        CONNECTIONS_DEFAULT,
        true,
        TlsSettings.DEFAULT,
        REPLICA_HEADER_DEFAULT);
  }
}
