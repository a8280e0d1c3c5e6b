package dev.weir.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How settings of a service that may have no replica check themselves.
final class ZeroSpecTest {
  @Test
  void agentsAndPathsAreTakenAsTheyAreCompared() {
    var zero = new ZeroSpec(false, List.of("Uptime-Kuma"), List.of("/health/", "/"));
    assertThat(zero.noWakeAgents()).containsExactly("uptime-kuma");
    assertThat(zero.noWakePaths()).containsExactly("/health", "/");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ZeroSpec(true, List.of(" ", "a\nb"), List.of("health")))
        .withMessageContaining("zero: 3 problems")
        .withMessageContaining("no-wake path: health (expected: a path, as in /health)");
  }
}
