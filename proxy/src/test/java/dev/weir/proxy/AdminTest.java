package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.base.FormerNames;
import dev.weir.base.HostNames;
import dev.weir.base.UserError;
import dev.weir.proxy.admin.DiscoveryStatus;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The admin port, the settings, and what a start that fails says.
class AdminTest {
  @Test
  void pagesShowWhatHappened() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica).withAdmin(Proxies.ANYWHERE));
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 3; i++) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response();
      }
      assertThat(Proxies.page(proxy, "/metrics"))
          .contains("weir_requests_total 3.0")
          .contains("weir_responses_total{code=\"2xx\",replica=\"b0\"} 3.0")
          .contains("weir_latency_seconds_count 3")
          .contains("weir_queue_length 0.0")
          .contains("weir_replica_limit{replica=\"b0\"} 0.0")
          .contains("weir_replica_knee{replica=\"b0\"} 0.0")
          .containsPattern("weir_replica_limit_age_seconds\\{replica=\"b0\"} [0-9.E-]+\n")
          .contains("weir_replica_limit_info{reason=\"open\",replica=\"b0\"} 1.0")
          .contains("weir_refused_total{reason=\"queue-full\"} 0.0");
      assertThat(Proxies.page(proxy, "/status"))
          .contains("\"arrivals\":3", "\"id\":\"b0\"", "\"succeeded\":3", "\"policy\":\"weir\"")
          .contains("\"arrivalScv\":null", "\"knee\":null");
      assertThat(Proxies.page(proxy, "/health")).endsWith("\r\n\r\nok\n");
      assertThat(Proxies.page(proxy, "/secret")).startsWith("HTTP/1.1 404 ");
    }
  }

  /// One slot and no waiting: the response times are the work, and so is what is predicted.
  @Test
  void aPromiseIsComparedWithWhatComes() throws IOException {
    for (String promise : List.of("p99<20s", "p50<1us")) {
      boolean isKept = promise.equals("p99<20s");
      try (var replica = FakeReplica.named("a");
          var proxy = ProxyServer.start(promising(replica, promise));
          var client = Wire.to(proxy.address())) {
        String before = Proxies.page(proxy, "/status");
        assertThat(before)
            .contains("\"slo\":{\"promise\":\"%s\"".formatted(Promise.parse(promise)))
            .contains("\"predictedSeconds\":null", "\"measuredSeconds\":null", "\"kept\":null")
            .contains("\"arrivalIdc\":null", "\"workScv\":null");
        for (int i = 0; i < 150; i++) {
          client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response();
        }
        assertThat(Proxies.page(proxy, "/metrics"))
            .containsPattern("weir_slo_predicted_seconds [0-9.E-]+\n")
            .containsPattern("weir_slo_measured_seconds [0-9.E-]+\n")
            .containsPattern("weir_work_mean_seconds [0-9.E-]+\n")
            .contains("weir_slo_kept " + (isKept ? "1.0" : "0.0"));
        assertThat(Proxies.page(proxy, "/status"))
            .contains("\"kept\":" + isKept)
            .containsPattern("\"predictedSeconds\":[0-9.E-]+,\"utilisation\":[0-9.E-]+");
      }
    }
  }

  private static ProxySettings promising(FakeReplica replica, String promise) {
    ProxySettings settings = limited(Proxies.settings(PolicySpec.WEIR, replica), "1");
    return settings
        .with(settings.options().with(Promise.parse(promise)))
        .withAdmin(Proxies.ANYWHERE);
  }

  @Test
  void theReasonOfALimitIsOneOfAFewWords() throws IOException {
    for (String[] one :
        new String[][] {
          {"weir", "auto", "open"},
          {"weir", "off", "off"},
          {"weir", "4", "set"},
          {"random", "auto", "policy"}
        }) {
      try (var replica = FakeReplica.named("a");
          var proxy =
              ProxyServer.start(
                  limited(Proxies.settings(PolicySpec.named(one[0]), replica), one[1])
                      .withAdmin(Proxies.ANYWHERE))) {
        assertThat(Proxies.page(proxy, "/metrics"))
            .contains(
                "weir_replica_limit_info{reason=\"%s\",replica=\"b0\"} 1.0".formatted(one[2]));
      }
    }
  }

  private static ProxySettings limited(ProxySettings settings, String limit) {
    return new ProxySettings(
        settings.listen(),
        settings.admin(),
        HostNames.PRIVATE,
        settings.replicas(),
        settings.balancer().with(LimitSpec.parse("--limit", limit)),
        settings.timeouts(),
        settings.options());
  }

  /// The dashboard asks for nothing that is not there, and its labels are those of the figures.
  @Test
  void theDashboardShowsFiguresThatExist() throws IOException {
    String dashboard = Files.readString(Path.of("..", "dashboards", "grafana-weir.json"));
    List<String> asked =
        Pattern.compile("weir_[a-z_]+")
            .matcher(dashboard)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(asked).hasSizeGreaterThan(20);
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica).withAdmin(Proxies.ANYWHERE));
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response();
      proxy.discovery(() -> new DiscoveryStatus("swarm", 1, 1, 0, "", List.of(), List.of()));
      String metrics = Proxies.page(proxy, "/metrics");
      Set<String> there =
          metrics
              .lines()
              .filter(line -> line.startsWith("weir_"))
              .map(line -> line.replaceFirst("[{ ].*", ""))
              .collect(Collectors.toSet());
      assertThat(there).containsAll(asked);
    }
  }

  @Test
  void metricsHaveTheirFormerNamesToo() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica).withAdmin(Proxies.ANYWHERE));
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response();
      String metrics = Proxies.page(proxy, "/metrics");
      assertThat(metrics)
          .contains("weir_upstream_connects_total 1.0")
          .contains("weir_backend_connects_total 1.0");
      FormerNames.METRICS.forEach((present, former) ->
          assertThat(metrics).contains("\n" + present + "_total ", "\n" + former + "_total "));
    }
  }

  @Test
  void takenPortIsNamed() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica)) {
      var taken = new ListenAddress("127.0.0.1", proxy.address().getPort());
      var settings = Proxies.settings(PolicySpec.WEIR, replica);
      var again = ProxySettings.of(taken, settings.replicas(), settings.balancer());
      assertThatThrownBy(() -> ProxyServer.start(again))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--listen: cannot listen on " + taken)
          .hasMessageContaining("another process holds port " + taken.port());
    }
  }

  @Test
  void textBecomesSettingsOrOneClearLine() {
    assertThat(ListenAddress.parse("--listen", ":80")).isEqualTo(new ListenAddress("", 80));
    assertThat(ListenAddress.parse("--listen", "[::1]:80")).hasToString("[::1]:80");
    for (String bad : List.of("", ":", "x", ":99999", "::1:80", "http://a:80", ":80x")) {
      assertThatThrownBy(() -> ListenAddress.parse("--listen", bad))
          .hasMessage(
              "--listen: "
                  + bad
                  + " (expected: :PORT or ADDRESS:PORT, as in :8000 or 127.0.0.1:8000)");
    }
    assertThat(ReplicaEndpoint.parse("http://h:81;cores=2.5;name=a"))
        .isEqualTo(new ReplicaEndpoint("a", "h", 81, 2.5));
    assertThat(ReplicaEndpoint.parse("http://h"))
        .isEqualTo(new ReplicaEndpoint("h:80", "h", 80, 1));
    assertThatThrownBy(() -> ReplicaEndpoint.parse("https://h")).hasMessageContaining("plain HTTP");
    for (String bad : List.of("h:80", "http://", "http://h:0", "http://h/x", "http://h;core=1")) {
      assertThatThrownBy(() -> ReplicaEndpoint.parse(bad))
          .hasMessageStartingWith("--replica: " + bad);
    }
  }

  @Test
  void allProblemsOfTheSettingsAreReportedAtOnce() throws IOException {
    try (var replica = FakeReplica.named("a")) {
      var settings = Proxies.settings(PolicySpec.WEIR, replica, replica);
      var twice = List.of(replica.spec("x"), replica.spec("x"));
      assertThatThrownBy(() ->
              new ProxySettings(
                  settings.listen(),
                  null,
                  HostNames.PRIVATE,
                  twice,
                  settings.balancer(),
                  settings.timeouts(),
                  new ProxySettings.Options(0, 0, false, false, "no-path")))
          .hasMessageContaining("4 problems")
          .hasMessageContaining("health-path: no-path");
    }
  }
}
