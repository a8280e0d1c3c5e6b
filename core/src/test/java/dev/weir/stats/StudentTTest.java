package dev.weir.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Student's t against the published table (Fisher and Yates; NIST/SEMATECH e-Handbook 1.3.6.7.2)
/// and closed forms.
final class StudentTTest {
  @ParameterizedTest
  @CsvSource({
    "1, 12.706", "2, 4.303", "3, 3.182", "4, 2.776", "5, 2.571", "6, 2.447", "7, 2.365",
    "9, 2.262", "10, 2.228", "19, 2.093", "29, 2.045", "30, 2.042", "49, 2.010", "100, 1.984"
  })
  void theTableOf95Percent(int degrees, double published) {
    assertThat(new StudentT(degrees).magnitude(0.95)).isCloseTo(published, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({"1, 63.657", "4, 4.604", "9, 3.250", "100, 2.626"})
  void theTableOf99Percent(int degrees, double published) {
    assertThat(new StudentT(degrees).magnitude(0.99)).isCloseTo(published, within(0.0005));
  }

  @Test
  void oneAndTwoDegreesHaveClosedForms() {
    for (double share : new double[] {.1, .5, .9, .99}) {
      assertThat(new StudentT(1).magnitude(share))
          .isCloseTo(Math.tan(Math.PI * share / 2), within(1e-9));
      assertThat(new StudentT(2).magnitude(share))
          .isCloseTo(share * Math.sqrt(2 / (1 - share * share)), within(1e-9));
    }
  }

  @Test
  void refusesWhatItCannotCompute() {
    assertThatThrownBy(() -> new StudentT(0)).hasMessageContaining("degrees of freedom: 0");
    assertThatThrownBy(() -> new StudentT(3).magnitude(1)).hasMessageContaining("share: 1.0");
  }
}
