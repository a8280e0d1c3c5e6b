package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Moments of the last seconds are exact, and forget older values.
class SlidingMomentsTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void momentsOfAnExponential() {
    var moments = new SlidingMoments(10 * SECOND);
    var random = new SplittableRandom(7);
    for (int i = 0; i < 9000; i++) {
      moments.note(0.05 * random.nextExponential(), i * SECOND / 1000);
    }
    long now = 9 * SECOND;
    assertThat(moments.count(now)).isEqualTo(9000);
    assertThat(moments.mean(now)).isCloseTo(0.05, within(0.003));
    assertThat(moments.scv(now)).isCloseTo(1, within(0.15));
  }

  @Test
  void forgetsWhatIsOlderThanTheWindow() {
    var moments = new SlidingMoments(10 * SECOND);
    for (int i = 0; i < 100; i++) {
      moments.note(5, SECOND);
      moments.note(1, 8 * SECOND);
    }
    assertThat(moments.mean(8 * SECOND)).isEqualTo(3);
    assertThat(moments.mean(12 * SECOND)).isEqualTo(1);
    assertThat(moments.mean(30 * SECOND)).isNaN();
    moments.note(7, 2 * SECOND); // comes too late to matter
    assertThat(moments.mean(12 * SECOND)).isEqualTo(1);
  }

  @Test
  void keepsTheDigitsOfASmallSpread() {
    // Sums of squares would lose this variance altogether.
    var moments = new SlidingMoments(10 * SECOND);
    for (int i = 0; i < 1000; i++) {
      moments.note(1e9 + (i % 2), i * SECOND / 500);
    }
    assertThat(moments.variance(2 * SECOND)).isCloseTo(0.25025, within(1e-4));
  }

  @Test
  void manyAtOnceAreAsOneByOne() {
    var single = new SlidingMoments(10 * SECOND);
    var many = new SlidingMoments(10 * SECOND);
    for (int i = 0; i < 20; i++) {
      single.note(i % 4, i * SECOND / 4);
      many.note(i % 4, i * SECOND / 4);
    }
    for (int i = 0; i < 30; i++) {
      single.note(9, 5 * SECOND);
    }
    many.note(9, 30, 5 * SECOND);
    assertThat(many.variance(5 * SECOND)).isCloseTo(single.variance(5 * SECOND), within(1e-12));
  }

  /// One value in each sub-window: all the spread lies between them.
  @Test
  void spreadBetweenSubWindowsCounts() {
    var moments = new SlidingMoments(60 * SECOND);
    for (int second = 0; second < 9; second++) {
      moments.note(second, second * SECOND);
    }
    assertThat(moments.variance(8 * SECOND)).isNaN();
    moments.note(9, 9 * SECOND);
    // 0 to 9: mean 4.5, and their squared distances from it add up to 82.5.
    assertThat(moments.mean(9 * SECOND)).isCloseTo(4.5, within(1e-12));
    assertThat(moments.variance(9 * SECOND)).isCloseTo(82.5 / 9, within(1e-12));
  }

  @Test
  void theOldestSubWindowGoesWhenTheNextBegins() {
    var moments = new SlidingMoments(60 * SECOND);
    moments.note(1, 0);
    assertThat(moments.count(60 * SECOND - 1)).isEqualTo(1);
    assertThat(moments.count(60 * SECOND)).isZero();
  }

  @Test
  void fewValuesHaveAMeanAndNoSpread() {
    var moments = new SlidingMoments(10 * SECOND);
    assertThat(moments.mean(0)).isNaN();
    moments.note(4, 0);
    assertThat(moments.mean(0)).isEqualTo(4);
    assertThat(moments.scv(0)).isNaN();
  }
}
