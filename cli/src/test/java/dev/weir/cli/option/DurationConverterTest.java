package dev.weir.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/// Durations as people type them.
class DurationConverterTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "2m, PT2M",
    "1h, PT1H",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    "250us, PT0.00025S",
    "0s, PT0S",
    "PT30S, PT30S",
    "pt1h, PT1H"
  })
  void reads(String typed, Duration meant) {
    assertThat(new DurationConverter().convert(typed)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-3s", "3 s", "s", "5sx", "3w", "pt", "99999999999999999h"})
  void refuses(String typed) {
    assertThatThrownBy(() -> new DurationConverter().convert(typed))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("(expected: a number with its unit, such as 500ms, 30s");
  }

  @Test
  void namesWhatWasTyped() {
    assertThatThrownBy(() -> new DurationConverter().convert("30"))
        .hasMessageStartingWith("30 (expected: ");
  }
}
