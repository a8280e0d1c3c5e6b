package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.HostNames;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.config.ReplicaEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Proxies as tests start them: on any free port of the loopback address.
public final class Proxies {
  public static final ListenAddress ANYWHERE = new ListenAddress("127.0.0.1", 0);

  private Proxies() {}

  public static ProxySettings settings(PolicySpec policy, FakeReplica... replicas) {
    List<ReplicaEndpoint> specs = new ArrayList<>();
    for (FakeReplica replica : replicas) {
      specs.add(replica.spec("b" + specs.size()));
    }
    return ProxySettings.of(ANYWHERE, specs, BalancerSettings.of(policy))
        .with(
            ProxyTimeouts.DEFAULTS
                .withConnect(Duration.ofSeconds(2))
                .withGrace(Duration.ofSeconds(5)))
        .with(new ProxySettings.Options(2, 1000, false, false, null));
  }

  static ProxyServer before(FakeReplica... replicas) {
    return ProxyServer.start(settings(PolicySpec.WEIR, replicas));
  }

  /// The same with one event loop, so that [#settled] holds.
  static ProxySettings oneLoop(ProxySettings settings) {
    return settings.with(new ProxySettings.Options(1, 1000, false, false, null));
  }

  /// Returns when the only event loop of `proxy` has dealt with all that was sent to it before: it
  /// responds to this question after it has read what came earlier.
  static void settled(ProxyServer proxy) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (var wire = Wire.to(proxy.address())) {
        assertThat(wire.send("?\r\n\r\n").rest()).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  /// Head and body of what the administration port returns for `path`.
  static String page(ProxyServer proxy, String path) throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").rest();
    }
  }

  static ProxySettings queue(ProxySettings settings, int cap, Duration deadline, int limitMax) {
    BalancerSettings b = settings.balancer();
    return new ProxySettings(
        settings.listen(),
        settings.admin(),
        HostNames.PRIVATE,
        settings.replicas(),
        new BalancerSettings(b.policy(), cap, deadline.toNanos(), b.ejectNanos(), limitMax),
        settings.timeouts(),
        settings.options());
  }
}
