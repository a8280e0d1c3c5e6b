package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The work: drawn from its law, and real.
class WorkTest {
  /// 100 000 draws: mean within 1 %, scv within 10 %. A law of the wrong shape is off by half.
  @ParameterizedTest
  @CsvSource({"FIXED, 0", "EXPONENTIAL, 1", "HYPEREXPONENTIAL, 4"})
  void lawsHaveTheirMeanAndSpread(WorkLaw.Shape shape, double scv) {
    var law = new WorkLaw(shape, 20, 4, 7);
    double[] drawn = new double[100_000];
    Arrays.setAll(drawn, _ -> law.nextMillis());
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double variance =
        Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(20, within(0.6));
    assertThat(variance / mean / mean).isCloseTo(scv, within(0.1 * scv + 1e-9));
  }

  @Test
  void findsPrimes() throws InterruptedException {
    var law = new WorkLaw(WorkLaw.Shape.FIXED, 1, 4, 7);
    // So slow a machine that a slice is a single division: every bound is crossed.
    var worker = new Worker(law, new CpuQuota(Double.POSITIVE_INFINITY), 1);
    for (long number = 2; number < 3000; number++) {
      assertThat(worker.isPrime(number))
          .as("%d", number)
          .isEqualTo(BigInteger.valueOf(number).isProbablePrime(30));
    }
    assertThat(BigInteger.valueOf(TrialDivision.LARGE_PRIME).isProbablePrime(50)).isTrue();
  }

  @Test
  void knowsTheLastDivisorToTry() {
    assertThat(TrialDivision.last(24)).isEqualTo(4);
    assertThat(TrialDivision.last(25)).isEqualTo(5);
    assertThat(TrialDivision.last(Long.MAX_VALUE)).isEqualTo(3_037_000_499L);
  }
}
