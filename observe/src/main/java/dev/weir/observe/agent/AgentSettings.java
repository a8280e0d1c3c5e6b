package dev.weir.observe.agent;

import dev.weir.base.Checks;
import dev.weir.base.HostNames;
import dev.weir.base.IpText;
import dev.weir.base.UserError;
import dev.weir.tls.TlsIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// The settings of an agent.
///
/// @param node the name of its machine
/// @param listen its address
/// @param tls its side of mutual TLS; without it every host that reaches the agent can read
/// @param insecure whether plain HTTP beyond this machine is wanted
/// @param hosts the host names that it accepts without TLS
/// @param cadence the time between samples
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
          "--listen: %s is not an address of this machine".formatted(listen.getHostString()));
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
