package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// No text from elsewhere steers a terminal.
class VisibleTest {
  @Test
  void controlsAreWrittenOut() {
    assertThat(Visible.of("a\u001b]0;x\u0007\u009b1m\u007f\r"))
        .isEqualTo("a\\u001b]0;x\\u0007\\u009b1m\\u007f\\u000d");
    assertThat(Visible.of("x\u202etxt\u2066\u200e\u061c\u2028"))
        .isEqualTo("x\\u202etxt\\u2066\\u200e\\u061c\\u2028");
  }

  @Test
  void everythingElseStays() {
    String text = "Grüße, 世界 \uD83D\uDE00\t|\n– ≠ \u00a0";
    assertThat(Visible.of(text)).isSameAs(text);
    assertThat(Visible.line("a\nb\tc")).isEqualTo("a\\nb\\tc");
  }

  @Test
  void noControlIsLeft() {
    var all = new StringBuilder();
    for (char c = 0; c < 0x3000; c++) {
      all.append(c);
    }
    assertThat(Visible.of(all.toString()).chars().filter(c -> Visible.isControl((char) c)))
        .isEmpty();
  }
}
