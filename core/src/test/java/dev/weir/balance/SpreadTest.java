package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// [Spread] follows cs² over the number of slots, and does not flutter at the borders.
final class SpreadTest {
  @Test
  void moreSlotsNeedLessSpread() {
    assertThat(Spread.of(4, 1, 1)).isEqualTo(4);
    assertThat(Spread.of(4, 2, 1)).isEqualTo(2);
    assertThat(Spread.of(4, 4, 1)).isEqualTo(1);
    assertThat(Spread.of(9, 4, 1)).isEqualTo(2);
    assertThat(Spread.of(100, 4, 1)).isEqualTo(4);
    assertThat(Spread.of(0.1, 1, 3)).isEqualTo(1);
  }

  @Test
  void theBorderIsSticky() {
    assertThat(Spread.of(1.6, 1, 1)).isEqualTo(1);
    assertThat(Spread.of(1.4, 1, 2)).isEqualTo(2);
    assertThat(Spread.of(Double.NaN, 1, 2)).isEqualTo(2);
  }
}
