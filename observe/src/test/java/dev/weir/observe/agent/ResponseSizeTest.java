package dev.weir.observe.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.observe.SampleSource;
import dev.weir.observe.container.NamedContainer;
import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Servers;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// However much an agent has kept, no response of it is large, and nothing is lost for it.
@Timeout(60)
final class ResponseSizeTest {
  private static final int CONTAINERS = 7;
  private static final int SECONDS = 20;
  private static final int SAMPLES_MAX = 30;

  private final Instant start = Instant.now().minusSeconds(SECONDS);
  private final SampleRing ring = new SampleRing(Duration.ofMinutes(10), 1_000);
  private final List<Integer> sizes = new ArrayList<>();
  private int failsAt = Integer.MAX_VALUE;

  @Test
  void aReadingTakesAsManyResponsesAsThereAre() throws Exception {
    fill();
    try (AgentHttpServer server = serve()) {
      AgentSource source = source(server);
      // The first reading begins ten seconds ago; what is older was before the run.
      assertComplete(source.read(Instant.now()), Instant.now().minusSeconds(9));
      assertThat(sizes).hasSizeGreaterThan(1).allMatch(size -> size < SAMPLES_MAX + CONTAINERS);
    }
  }

  @Test
  void afterAnResponseThatFailedTheNextReadingGoesOnFromThere() throws Exception {
    fill();
    try (AgentHttpServer server = serve()) {
      AgentSource source = source(server);
      failsAt = 2;
      var samples = new ArrayList<ContainerSample>(source.read(Instant.now()));
      failsAt = Integer.MAX_VALUE;
      samples.addAll(source.read(Instant.now()));
      assertComplete(samples, Instant.now().minusSeconds(9));
    }
  }

  @Test
  void aRecordingThatBeginsNowHasNoPast() throws Exception {
    fill();
    try (AgentHttpServer server = serve()) {
      var node = new NodeAgent("n1", Optional.of(uri(server)), "");
      Instant now = Instant.now();
      var source = new AgentSource(node, client(), Duration.ofSeconds(3));
      assertThat(source.read(now))
          .isNotEmpty()
          .allMatch(sample -> !sample.timestamp().isBefore(now.minusSeconds(4)));
    }
  }

  @Test
  void anyoneAsksForTheLastSecondsGetsThemWhole() throws Exception {
    fill();
    try (AgentHttpServer server = serve()) {
      var node = new NodeAgent("n1", Optional.of(uri(server)), "");
      NodeResponse response = client().askAll(List.of(node)).getFirst();
      assertThat(response).isInstanceOf(NodeResponse.Responded.class);
      var samples = new ArrayList<ContainerSample>();
      ((NodeResponse.Responded) response).series().forEach(one -> samples.addAll(one.samples()));
      assertComplete(samples, Instant.now().minusSeconds(9));
      assertThat(sizes).hasSizeGreaterThan(1);
    }
  }

  /// Every container has every second from `from` on, and none twice.
  private void assertComplete(List<ContainerSample> samples, Instant from) {
    Map<String, List<Instant>> times =
        samples.stream()
            .collect(
                Collectors.groupingBy(
                    ContainerSample::container,
                    Collectors.mapping(ContainerSample::timestamp, Collectors.toList())));
    var wanted = new ArrayList<Instant>();
    for (int second = 0; second < SECONDS; second++) {
      if (start.plusSeconds(second).isAfter(from)) {
        wanted.add(start.plusSeconds(second));
      }
    }
    assertThat(times).hasSize(CONTAINERS);
    assertThat(times.values())
        .allSatisfy(one -> assertThat(one).doesNotHaveDuplicates().isSorted().containsAll(wanted));
  }

  private void fill() {
    for (int second = 0; second < SECONDS; second++) {
      for (int i = 0; i < CONTAINERS; i++) {
        var at = start.plusSeconds(second);
        ring.add(
            new NamedContainer(FakeEngine.id(i), "c" + i, "", ""),
            0,
            new ContainerSample("c" + i, "n1", at, second, 1, 0, 1, 1, "cgroup"));
      }
    }
  }

  private AgentHttpServer serve() throws IOException {
    var health = new SourceHealth(new Nothing(), Duration.ofSeconds(1));
    var handler = new AgentHandler("n1", ring, health, SAMPLES_MAX, Instant::now);
    return Servers.start(request -> {
      HeldResponse page = handler.respond(request);
      sizes.add(page.text().split("\"timestamp\"", -1).length - 1);
      return sizes.size() == failsAt ? new HeldResponse(500, "{}") : page;
    });
  }

  private static AgentSource source(AgentHttpServer server) {
    return new AgentSource(new NodeAgent("n1", Optional.of(uri(server)), ""), client());
  }

  private static AgentClient client() {
    return new AgentClient(Optional.empty(), Duration.ofSeconds(20));
  }

  private static URI uri(AgentHttpServer server) {
    return URI.create("http://127.0.0.1:" + Servers.port(server) + "/");
  }

  /// A source that is not read.
  private static final class Nothing implements SampleSource {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public List<ContainerSample> read(Instant now) {
      return List.of();
    }
  }
}
