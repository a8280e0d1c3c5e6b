package dev.weir.observe.cadvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.observe.ClockDifference;
import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Servers;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// cAdvisor's responses: recorded from 0.38.7 on cgroup v1 (shortened to two containers and to CPU
/// and memory), and after its documentation in the form that it has on cgroup v2 under systemd.
@Timeout(60)
final class CadvisorSourceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:10Z");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Deque<HeldResponse> responses = new ArrayDeque<>();

  @Test
  void readsTheRecordedResponsesOfBothInterfacesAlike() throws Exception {
    for (String file :
        List.of("v2.1-cadvisor-0.38.7-cgroup-v1.json", "v1.3-cadvisor-0.38.7-cgroup-v1.json")) {
      Map<String, List<ContainerSample>> containers = CadvisorResponse.parse(resource(file), "w1");
      assertThat(containers).as(file).hasSize(2);
      containers.forEach((name, samples) -> {
        assertThat(name).matches("[a-z-]+\\.[0-9a-z]+\\.[0-9a-z]{25}");
        assertThat(samples).hasSize(2);
        ContainerSample first = samples.getFirst();
        ContainerSample last = samples.getLast();
        assertThat(last.timestamp()).isAfter(first.timestamp());
        assertThat(last.cpuTotalNanos()).isGreaterThanOrEqualTo(first.cpuTotalNanos());
        assertThat(last.cpuTotalNanos()).isGreaterThan(100_000_000L);
        assertThat(last.memoryWorkingSetBytes())
            .isPositive()
            .isLessThanOrEqualTo(last.memoryUsageBytes());
        assertThat(last.source()).isEqualTo("cadvisor");
      });
    }
  }

  @Test
  void readsVersion2UnderSystemdInOrderAndOnce() throws Exception {
    var second =
        new ContainerSample(
            "web.1.k2j3h4g5",
            "w1",
            Instant.parse("2026-11-22T10:00:09.5Z"),
            2_000_000_000L,
            1_500_000_000L,
            500_000_000L,
            73_400_320,
            62_914_560,
            "cadvisor");
    for (String file : List.of("v2.1-cgroup-v2-systemd.json", "v1.3-cgroup-v2-systemd.json")) {
      Map<String, List<ContainerSample>> containers = CadvisorResponse.parse(resource(file), "w1");
      assertThat(containers).as(file).containsOnlyKeys("web.1.k2j3h4g5");
      assertThat(containers.get("web.1.k2j3h4g5"))
          .extracting(ContainerSample::cpuTotalNanos)
          .containsExactly(1_000_000_000L, 2_000_000_000L);
      assertThat(containers.get("web.1.k2j3h4g5")).last().isEqualTo(second);
    }
  }

  @Test
  void reportsNewSamplesOnceAndKeepsThoseThatStandStill() throws Exception {
    responses.add(page("8.5"));
    responses.add(page("8.5"));
    responses.add(page("9.5"));
    try (AgentHttpServer server = start()) {
      var source = source(server);
      assertThat(source.read(NOW)).hasSize(1);
      assertThat(source.read(NOW.plusSeconds(1))).hasSize(1);
      assertThat(source.read(NOW.plusSeconds(2)))
          .extracting(ContainerSample::timestamp)
          .containsExactly(Instant.parse("2026-11-22T10:00:09.5Z"));
    }
  }

  /// One timestamp that cannot be read, or be true, costs no other sample, now or later.
  @Test
  void oneBadTimestampDropsNoNode() throws Exception {
    for (String bad : List.of("yesterday", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z")) {
      String first = page("8.5").text();
      responses.add(
          new HeldResponse(200, first.replace("\"stats\":[", "\"stats\":[" + sample(bad) + ",")));
      responses.add(page("9.5"));
      try (AgentHttpServer server = start()) {
        var source = source(server);
        assertThat(source.read(NOW))
            .as(bad)
            .extracting(ContainerSample::timestamp)
            .contains(Instant.parse("2026-11-22T10:00:08.5Z"))
            .hasSize(2);
        assertThat(source.read(NOW.plusSeconds(1)))
            .extracting(ContainerSample::timestamp)
            .containsExactly(Instant.parse("2026-11-22T10:00:09.5Z"));
      }
    }
  }

  /// After a minute without a response it asks for that minute, and never for more than is kept.
  @Test
  void asksForWhatItMissed() throws Exception {
    for (int i = 0; i < 4; i++) {
      responses.add(page("8.5"));
    }
    try (AgentHttpServer server = start()) {
      var source = source(server);
      source.read(NOW);
      source.read(NOW.plusSeconds(1));
      source.read(NOW.plusSeconds(61));
      source.read(NOW.plusSeconds(1_000));
    }
    assertThat(asked)
        .extracting(target -> target.replaceFirst(".*count=", ""))
        .containsExactly("5", "6", "65", "120");
  }

  /// A source that serves a second recording does not bring it what was between the two.
  @Test
  void beginsEachRecordingAfresh() throws Exception {
    for (String second : List.of("8.5", "8.5", "8.5")) {
      responses.add(page(second));
    }
    try (AgentHttpServer server = start()) {
      var source = source(server);
      source.read(NOW);
      source.begin();
      source.read(NOW.plusSeconds(60));
    }
    assertThat(asked)
        .filteredOn(target -> target.contains("count="))
        .allSatisfy(target -> assertThat(target).endsWith("count=5"))
        .hasSize(2);
  }

  @Test
  void asksInTheOtherVersionWhereOneIsUnknown() throws Exception {
    responses.add(new HeldResponse(404, "unsupported API version"));
    responses.add(new HeldResponse(200, resource("v1.3-cgroup-v2-systemd.json")));
    responses.add(new HeldResponse(200, resource("v1.3-cgroup-v2-systemd.json")));
    try (AgentHttpServer server = start()) {
      var source = source(server);
      assertThat(source.read(NOW)).hasSize(2);
      source.read(NOW);
    }
    assertThat(asked.getFirst()).startsWith("GET /api/v2.1/stats?type=docker&recursive=true");
    assertThat(asked.get(1)).isEqualTo("POST /api/v1.3/docker/");
    assertThat(asked.get(2)).isEqualTo("POST /api/v1.3/docker/");
  }

  /// As the tutorials write the address, or only where it is.
  @Test
  void addressesWithAPathAreAskedInTheirVersionFirst() throws Exception {
    try (AgentHttpServer server = start()) {
      String base = "http://127.0.0.1:" + Servers.port(server);
      for (String path :
          List.of("/api/v1.3/subcontainers/docker/", "/api/v1.3/docker/", "/api/v2.1/stats", "")) {
        responses.add(page("8.5"));
        CadvisorSource.named(URI.create(base + path), "w1").read(NOW);
      }
    }
    assertThat(asked)
        .extracting(target -> target.replaceFirst("[?].*", ""))
        .containsExactly(
            "POST /api/v1.3/docker/",
            "POST /api/v1.3/docker/",
            "GET /api/v2.1/stats",
            "GET /api/v2.1/stats");
  }

  @Test
  void saysWhatItWasResponded() throws Exception {
    responses.add(new HeldResponse(500, "failed to get container info"));
    responses.add(new HeldResponse(500, "unknown container"));
    try (AgentHttpServer server = start()) {
      var source = source(server);
      assertThatThrownBy(() -> source.read(NOW))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("responded 500 unknown container");
    }
  }

  /// A node an hour behind: its samples come on our clock, to within what can be found out.
  @Test
  void samplesOfAMachineWithAWrongClockAreOnOurs() throws Exception {
    Duration behind = Duration.ofHours(-1).plusMillis(-321);
    try (DatedServer server = DatedServer.start(behind, CadvisorSourceTest::taken)) {
      var source = new CadvisorSource(server.address(), "w1");
      source.begin();
      ClockDifference found = source.clock().orElseThrow();
      assertThat(found.ahead().minus(behind).abs())
          .isLessThanOrEqualTo(found.uncertainty().plusMillis(1));
      Instant before = Instant.now();
      assertThat(source.read(before))
          .singleElement()
          .satisfies(sample ->
              assertThat(sample.timestamp())
                  .isBetween(
                      before.minus(found.uncertainty()).minusMillis(1),
                      Instant.now().plus(found.uncertainty()).plusMillis(1)));
    }
  }

  /// If a server does not send its time, the samples stay unchanged.
  @Test
  void aServerWithoutADateIsTakenAsItIs() throws Exception {
    responses.add(new HeldResponse(200, "ok"));
    responses.add(page("8.5"));
    try (AgentHttpServer server = start()) {
      var source = source(server);
      source.begin();
      assertThat(source.clock()).isEmpty();
      assertThat(source.read(NOW))
          .extracting(ContainerSample::timestamp)
          .containsExactly(Instant.parse("2026-11-22T10:00:08.5Z"));
    }
  }

  private static String taken(Instant now) {
    return page("8.5").text().replace("2026-11-22T10:00:08.5Z", now.toString());
  }

  private static HeldResponse page(String second) {
    return new HeldResponse(
        200,
        """
        {"/docker/%s":{"spec":{"aliases":["web.1"]},
         "stats":[{"timestamp":"2026-11-22T10:00:0%sZ","cpu":{"usage":{"total":5}},"memory":{}}]}}
        """
            .formatted("ab".repeat(32), second));
  }

  private static String sample(String timestamp) {
    return "{\"timestamp\":\"%s\",\"cpu\":{\"usage\":{\"total\":5}},\"memory\":{}}"
        .formatted(timestamp);
  }

  private AgentHttpServer start() throws IOException {
    return Servers.start(request -> {
      asked.add(request.method() + " " + request.target());
      return responses.remove();
    });
  }

  private static CadvisorSource source(AgentHttpServer server) {
    return new CadvisorSource(URI.create("http://127.0.0.1:" + Servers.port(server)), "w1");
  }

  private static String resource(String name) throws IOException {
    try (var in = CadvisorSourceTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
