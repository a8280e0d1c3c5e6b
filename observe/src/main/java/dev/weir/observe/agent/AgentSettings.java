package dev.weir.observe.agent;

import dev.weir.base.Checks;
import dev.weir.base.HostNames;
import dev.weir.base.IpText;
import dev.weir.base.UserError;
import dev.weir.tls.TlsIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// How an agent runs.
///
/// @param node what it calls its machine
/// @param listen where it responds
/// @param tls its side of mutual TLS; without it anybody who reaches it reads it
/// @param insecure whether plain HTTP is wanted beyond this machine
/// @param hosts the names under which it may be asked without TLS
/// @param cadence from one sample to the next
/// @param keep how long samples are kept
public record AgentSettings(
    String node,
    InetSocketAddress listen,
    Optional<TlsIdentity> tls,
    boolean insecure,
    HostNames hosts,
    Duration cadence,
    Duration keep) {
  private static final Duration CADENCE_MIN = Duration.ofMillis(100);
  private static final Duration KEEP_MAX = Duration.ofHours(1);

  public AgentSettings {
    Checks.check(cadence.compareTo(CADENCE_MIN) >= 0, "--cadence", cadence, ">= 100ms");
    Checks.check(
        keep.compareTo(cadence) > 0 && keep.compareTo(KEEP_MAX) <= 0,
        "--keep",
        keep,
        "more than the cadence, and <= 1h");
    if (listen.isUnresolved()) {
      throw new UserError(
          "--listen: %s is no address of this machine".formatted(listen.getHostString()));
    }
    if (tls.isEmpty() && !insecure && !listen.getAddress().isLoopbackAddress()) {
      throw new UserError(
          ("--listen: %s without TLS would show every container to all who reach it (expected:"
                  + " --tls-cert, --tls-key and --tls-ca; or an address of this machine alone,"
                  + " such as 127.0.0.1:7070; or --insecure)")
              .formatted(IpText.of(listen.getAddress().getAddress())));
    }
  }
}
