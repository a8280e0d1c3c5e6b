package dev.weir.observe.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Samples from an engine's statistics.
@Timeout(60)
final class EngineSourceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:10Z");

  @Test
  void everyContainerThatRunsHasASample() throws IOException {
    var source = source(Map.of("1", stats(500), "2", stats(700), "3", "{\"cpu_stats\":{}}"));
    assertThat(source.read(NOW))
        .extracting(ContainerSample::container, ContainerSample::cpuTotalNanos)
        .containsExactlyInAnyOrder(tuple("c1", 500L), tuple("c2", 700L));
    assertThat(source.read(NOW))
        .allSatisfy(sample -> {
          assertThat(sample.node()).isEqualTo("m1");
          assertThat(sample.source()).isEqualTo("docker");
          assertThat(sample.timestamp()).isEqualTo(Instant.parse("2026-11-22T19:40:01.5Z"));
        });
  }

  @Test
  void anEngineThatResponsesNothingFails() {
    assertThatThrownBy(() -> source(Map.of()).read(NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("no such container");
  }

  private static EngineSource source(Map<String, String> stats) {
    return new EngineSource(
        "m1",
        new ContainerDirectory() {
          @Override
          public List<NamedContainer> containers() {
            return IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new NamedContainer("" + i, "c" + i, "", ""))
                .toList();
          }

          @Override
          public String stats(String id) throws IOException {
            String response = stats.get(id);
            if (response == null) {
              throw new IOException("no such container");
            }
            return response;
          }
        });
  }

  private static String stats(long nanos) {
    return """
    {"read":"2026-11-22T19:40:01.5Z","cpu_stats":{"cpu_usage":{"total_usage":%d}},
     "memory_stats":{"usage":5242880}}
    """
        .formatted(nanos);
  }
}
