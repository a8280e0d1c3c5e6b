package dev.weir.observe.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The engine's statistics, as engines on cgroup v1 and v2 give them.
final class DockerStatsTest {
  private static final String V1 =
      """
      {"read":"2026-11-22T19:40:01.123456789Z","preread":"0001-01-01T00:00:00Z",
       "pids_stats":{"current":3,"limit":4096},"num_procs":0,
       "cpu_stats":{"cpu_usage":{"total_usage":3534123456,"percpu_usage":[1534123456,2000000000],
         "usage_in_kernelmode":410000000,"usage_in_usermode":3120000000},
         "system_cpu_usage":91200000000,"online_cpus":2,
         "throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},
       "precpu_stats":{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0}},
       "memory_stats":{"usage":52428800,"max_usage":60000000,"limit":134217728,
         "stats":{"cache":20971520,"inactive_file":4096,"total_inactive_file":12582912}},
       "name":"/web.1.abc","id":"0123"}
      """;

  private static final String V2 =
      """
      {"read":"2026-11-22T20:40:01.5+01:00","preread":"0001-01-01T00:00:00Z",
       "cpu_stats":{"cpu_usage":{"total_usage":3534123000,"usage_in_kernelmode":410000000,
         "usage_in_usermode":3120000000},"system_cpu_usage":91200000000,"online_cpus":2},
       "precpu_stats":{"cpu_usage":{"total_usage":0}},
       "memory_stats":{"usage":52428800,"limit":8241041408,
         "stats":{"anon":31457280,"file":20971520,"inactive_file":12582912}}}
      """;

  private static final String STOPPED =
      """
      {"read":"0001-01-01T00:00:00Z","preread":"0001-01-01T00:00:00Z",
       "cpu_stats":{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0}},
       "memory_stats":{}}
      """;

  @Test
  void readsVersion1() throws Exception {
    assertThat(DockerStats.parse(V1))
        .contains(
            new DockerStats(
                Instant.parse("2026-11-22T19:40:01.123456789Z"),
                new ContainerUsage(
                    3_534_123_456L,
                    3_120_000_000L,
                    410_000_000L,
                    52_428_800,
                    39_845_888,
                    134_217_728)));
  }

  @Test
  void readsVersion2() throws Exception {
    assertThat(DockerStats.parse(V2))
        .contains(
            new DockerStats(
                Instant.parse("2026-11-22T19:40:01.5Z"),
                new ContainerUsage(
                    3_534_123_000L,
                    3_120_000_000L,
                    410_000_000L,
                    52_428_800,
                    39_845_888,
                    8_241_041_408L)));
  }

  @Test
  void aContainerThatDoesNotRunHasNone() throws Exception {
    assertThat(DockerStats.parse(STOPPED)).isEmpty();
  }

  @Test
  void refusesWhatIsNoStatistics() {
    assertThatThrownBy(() -> DockerStats.parse("{\"message\":\"no such container\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cpu_stats.cpu_usage.total_usage");
    assertThatThrownBy(() -> DockerStats.parse("<html>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no JSON");
  }
}
