package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Seeds;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Percentiles against their definition.
final class PercentilesTest {
  @Test
  void areOfNearestRank() {
    var hundred = new Percentiles(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).toArray());
    assertThat(hundred.millis(50)).isEqualTo(50);
    assertThat(hundred.millis(99)).isEqualTo(99);
    assertThat(hundred.millis(99.5)).isEqualTo(100);
    assertThat(hundred.millis(0)).isEqualTo(1);
    assertThat(hundred.meanMillis()).isEqualTo(50.5);
  }

  @Test
  void survivesBinaryFractions() {
    // 99.9 / 100 * 1000 is a hair above 999.
    var thousand =
        new Percentiles(LongStream.rangeClosed(1, 1000).map(i -> i * 1_000_000).toArray());
    assertThat(thousand.millis(99.9)).isEqualTo(999);
  }

  @Test
  void ofNothingIsNothing() {
    var none = new Percentiles(new long[0]);
    assertThat(none.millis(99)).isNaN();
    assertThat(none.meanMillis()).isNaN();
    assertThat(none.curve()).isEmpty();
  }

  @Test
  void isTheLeastValueThatEnoughDoNotExceed() {
    Seeds.forAll(random -> {
      long[] nanos = random.longs(1 + random.nextInt(300), 0, 50).toArray();
      int percent = 1 + random.nextInt(99);
      long found = Math.round(new Percentiles(nanos).millis(percent) * 1e6);
      assertThat(Arrays.stream(nanos).filter(n -> n <= found).count() * 100L)
          .isGreaterThanOrEqualTo((long) percent * nanos.length);
      assertThat(Arrays.stream(nanos).filter(n -> n < found).count() * 100L)
          .isLessThan((long) percent * nanos.length);
    });
  }

  @Test
  void curveRisesAndEndsWithTheMaximum() {
    var thousand = new Percentiles(LongStream.rangeClosed(1, 1000).toArray());
    assertThat(thousand.curve().getLast()).containsExactly(1000, 0.001);
    assertThat(thousand.curve().stream().map(point -> point[1]).toList()).isSorted();
  }
}
