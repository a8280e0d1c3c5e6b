package dev.weir.console.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How what several balancers know becomes one.
final class ServiceLoadSeenTest {
  private static final long NOW = 1_000_000;

  private static BalancerSeen balancer(
      String name, long knownMillis, double arrivals, String latency) throws Exception {
    String status = PlayedObjects.status(name, arrivals, 10, latency);
    return new BalancerSeen(name, "", BalancerStatus.of(status), knownMillis, "");
  }

  private static ServiceLoadSeen merged(BalancerSeen... balancers) {
    Map<String, ServiceLoadSeen> loads = ServiceLoadSeen.of(List.of(balancers), NOW);
    ServiceLoadSeen web = loads.get("web");
    if (web == null) {
      throw new AssertionError("no web in " + loads);
    }
    return web;
  }

  /// The mean of both percentiles would be .55 s, and is what no client saw.
  @Test
  void percentilesAreThoseOfAllResponses() throws Exception {
    ServiceLoadSeen both =
        merged(
            balancer("a", NOW, 99, "[[0.1,0.1001,9900]]"),
            balancer("b", NOW, 1, "[[1.0,1.001,100]]"));
    assertThat(both.latency().quantile(.99)).isCloseTo(.1, within(.01));
    assertThat(both.latency().quantile(.995)).isCloseTo(1, within(.01));
    assertThat(both.arrivals()).isEqualTo(100);
  }

  @Test
  void aBalancerThatIsAwayFades() throws Exception {
    double full = merged(balancer("a", NOW - 5_000, 10, "[]")).queued();
    double half = merged(balancer("a", NOW - 17_500, 10, "[]")).queued();
    assertThat(full).isEqualTo(10);
    assertThat(half).isCloseTo(5, within(1e-9));
    assertThat(ServiceLoadSeen.of(List.of(balancer("a", NOW - 30_000, 10, "[]")), NOW)).isEmpty();
  }

  @Test
  void nothingKnownIsNotZero() throws Exception {
    ServiceLoadSeen none = merged(balancer("a", NOW, 10, "[]"));
    assertThat(none.latency().quantile(.99)).isNaN();
  }
}
