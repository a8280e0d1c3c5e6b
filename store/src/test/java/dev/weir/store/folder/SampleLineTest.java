package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.run.ContainerSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Lines of samples, ours and cAdvisor's.
final class SampleLineTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00.123456789Z");

  @Test
  void whatWasWrittenIsRead() {
    var sample = new ContainerSample("web.1", "n1", AT, 42, 40, 2, 5_000, 4_000, "agent");
    assertThat(parsed(SampleLine.of(sample))).isEqualTo(sample);
  }

  @Test
  void whatTheSourceDoesNotHaveStaysAbsent() {
    var sample = new ContainerSample("web.1", "n1", AT, 42, -1, -1, -1, -1, "process");
    assertThat(parsed(SampleLine.of(sample))).isEqualTo(sample);
  }

  /// Of the many figures in it, those that are wanted, wherever they stand.
  @Test
  void cAdvisorsOwnDocumentsAreRead() {
    ContainerSample sample =
        SampleLine.parse(
            """
            {"cpu":{"load_average":0,"cfs":{"periods":3},"usage":{"per_cpu_usage":[1,2],"user":7,\
            "total":9,"system":2}},"filesystem":[{"device":"/dev/sda","usage":12}],\
            "memory":{"usage":5,"cache":1,"working_set":4,"container_data":{"pgfault":6,"usage":99}},\
            "network":{"interfaces":[],"usage":77},"task_stats":{"total":8},"processes":null,\
            "timestamp":"2026-11-26T11:00:00.5+01:00"}\
            """,
            "web");
    assertThat(sample)
        .isEqualTo(
            new ContainerSample(
                "web", "", Instant.parse("2026-11-26T10:00:00.5Z"), 9, 7, 2, 5, 4, ""));
  }

  @Test
  void whatIsNoSampleIsRefusedWithItsReason() {
    assertRefused("", "not a JSON object");
    assertRefused("[]", "not a JSON object");
    assertRefused("{\"cpu\":", "not JSON");
    assertRefused("{} {}", "more than one document");
    assertRefused("{\"timestamp\":\"2026-11-26T10:00:00Z\"}", "no cpu.usage.total");
    assertRefused("{\"cpu\":{\"usage\":{\"total\":1.5}}}", "no cpu.usage.total");
    assertRefused("{\"cpu\":{\"usage\":{\"total\":1e3}}}", "no cpu.usage.total");
    assertRefused("{\"cpu\":{\"usage\":{\"total\":99999999999999999999}}}", "not JSON");
    assertRefused("{\"cpu\":{\"usage\":{\"total\":1}}}", "timestamp: '' (expected: RFC 3339)");
    assertRefused(
        "{\"cpu\":{\"usage\":{\"total\":1}},\"timestamp\":\"2026-11-26T10:00\"}",
        "timestamp: '2026-11-26T10:00' (expected: RFC 3339)");
    assertRefused(
        "{\"cpu\":{\"usage\":{\"total\":1}},\"timestamp\":\"2026-13-26T10:00:00Z\"}", "RFC 3339");
    assertRefused("{\"cpu\":[],\"memory\":3,\"timestamp\":{}}", "no cpu.usage.total");
  }

  private static void assertRefused(String line, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleLine.parse(line, "web"))
        .withMessageContaining(reason);
  }

  private static ContainerSample parsed(byte[] line) {
    return SampleLine.parse(new String(line, StandardCharsets.UTF_8), "other");
  }
}
