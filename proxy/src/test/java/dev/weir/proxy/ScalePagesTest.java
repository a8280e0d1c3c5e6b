package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.RateMeter;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.Decision;
import dev.weir.scale.Observation;
import dev.weir.scale.Promise;
import dev.weir.scale.ScaleEvent;
import dev.weir.scale.ScaleReport;
import dev.weir.scale.ScaleSettings;
import dev.weir.scale.Scaler;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.Term;
import dev.weir.scale.TwoMomentWork;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the admin port shows of autoscaling.
final class ScalePagesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void statusAndMetricsShowTheDecisions() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR).withAdmin(Proxies.ANYWHERE),
                List.of(service(replica)))) {
      assertThat(Proxies.page(proxy, "/status")).doesNotContain("\"scale\"");
      assertThat(Proxies.page(proxy, "/metrics")).doesNotContain("weir_scale_");
      ScaleEvent event = event();
      var report =
          new ScaleReport(
              "act",
              1,
              20,
              false,
              "self",
              "waits: a rolling update is under way",
              12.5,
              "",
              2,
              1,
              List.of(event),
              Map.of(Term.BASE, 7L));
      proxy.scaling(() -> Map.of("shop", report));
      assertThat(Proxies.page(proxy, "/status"))
          .contains("\"scale\":{\"mode\":\"act\",\"min\":1,\"max\":20,\"paused\":false")
          .contains(
              "\"state\":\"waits: a rolling update is under way\",\"fault\":\"\",\"desired\":2")
          .contains("\"words\":\"", "p99 ", "\"done\":\"scaled\"")
          .contains(
              "\"arrivalsPerSecond\":40.0", "\"terms\":{\"base\":", "\"promise\":\"p99<300ms\"");
      assertThat(Proxies.page(proxy, "/metrics"))
          .contains(
              "weir_scale_desired{service=\"shop\"} 2.0", "weir_scale_ready{service=\"shop\"} 1.0")
          .contains("weir_scale_wanted{service=\"shop\"} " + (double) event.decision().replicas())
          .contains("weir_scale_min{service=\"shop\"} 1.0", "weir_scale_max{service=\"shop\"} 20.0")
          .contains(
              "weir_scale_paused{service=\"shop\"} 0.0", "weir_scale_acts{service=\"shop\"} 1.0")
          .contains(
              "weir_scale_fault{service=\"shop\"} 0.0",
              "weir_scale_cold_start_seconds{service=\"shop\"} 12.5")
          .contains(
              "weir_scale_predicted_seconds{service=\"shop\"} "
                  + event.decision().outlook().sameSeconds())
          .contains("weir_scale_decisions_total{service=\"shop\",term=\"base\"} 7.0");
    }
  }

  private static ServiceSpec service(FakeReplica replica) {
    return new ServiceSpec(
        "shop",
        List.of(RouteRule.EVERYTHING),
        BalancerSettings.of(PolicySpec.WEIR),
        List.of(replica.spec("a")),
        true);
  }

  private static ScaleEvent event() {
    var meter = new RateMeter(0);
    for (int second = 0; second < 90; second++) {
      for (int i = 0; i < 40; i++) {
        meter.note(second * SECOND);
      }
    }
    var load =
        new ServiceLoad(
            meter.estimate(90 * SECOND), 3, new TwoMomentWork(0.06, 1.5), 2, 1, 0, 0, 0);
    var now = new Observation(90 * SECOND, load, 2, 15, "", true);
    Decision decision = new Scaler(ScaleSettings.of(Promise.parse("p99<300ms"), 1, 20)).decide(now);
    return new ScaleEvent(1_700_000_000_000L, decision, 2, "scaled");
  }
}
