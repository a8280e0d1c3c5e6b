package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How promises are written.
class PromiseTest {
  @ParameterizedTest
  @CsvSource({
    "p99<300ms, 99, 0.3, p99<300ms",
    "p99.9<1s, 99.9, 1, p99.9<1s",
    "' p95 < 250 ms ', 95, 0.25, p95<250ms",
    "P50<1.5s, 50, 1.5, p50<1.5s",
    "p99.95<0.75ms, 99.95, 0.00075, p99.95<0.75ms",
    "p99<800us, 99, 0.0008, p99<0.8ms",
    "p99<100s, 99, 100, p99<100s"
  })
  void aPromiseIsReadAndWritten(String text, double percentile, double seconds, String written) {
    Promise promise = Promise.parse(text);
    assertThat(promise).isEqualTo(new Promise(percentile, seconds));
    assertThat(promise.text()).isEqualTo(written);
    assertThat(Promise.parse(promise.text())).isEqualTo(promise);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "99<300ms", "p99<300", "p99>300ms", "p0<1s", "p100<1s", "p99<0ms"})
  void whatIsNoPromiseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Promise.parse("--slo", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--slo: %s (expected: a percentile and a time, as in p99<300ms or p99.9<1.5s)"
                .formatted(text.isEmpty() ? "empty" : text));
  }

  @Test
  void theShareIsAProbability() {
    assertThat(Promise.parse("p99.9<1s").share()).isCloseTo(.999, within(1e-12));
  }
}
