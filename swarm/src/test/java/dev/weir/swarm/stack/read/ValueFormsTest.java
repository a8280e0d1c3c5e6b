package dev.weir.swarm.stack.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Sizes, durations and words as Compose files write them.
class ValueFormsTest {
  @Test
  void sizesDurationsAndWords() {
    assertThat(ByteSize.parse("1.5G")).isEqualTo(1_610_612_736L);
    assertThat(GoDuration.nanos("1m1.5s")).isEqualTo(61_500_000_000L);
    assertThat(GoDuration.text(5_430_000_000_000L)).isEqualTo("1h30m30s");
    assertThat(ShellWords.split("a 'b c' \"d\\\"e\" f\\ g # h"))
        .containsExactly("a", "b c", "d\"e", "f g");
  }
}
