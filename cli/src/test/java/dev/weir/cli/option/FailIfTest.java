package dev.weir.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.base.UserError;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions are read as typed, judged on the right figure, and refused in one line.
class FailIfTest {
  private static final Offset<Double> EXACT = within(1e-9);

  @ParameterizedTest
  @CsvSource({
    "p99>300ms, p99, >, 3e8, NANOS",
    "'p99.9 >= 1.5s', p99.9, >=, 1.5e9, NANOS",
    "mean>80us, mean, >, 8e4, NANOS",
    "lag-p99>2ms, lag-p99, >, 2e6, NANOS",
    "service-max>1m, service-max, >, 6e10, NANOS",
    "errors>5, errors, >, 5, COUNT",
    "errors>1%, errors, >, 0.01, SHARE",
    "error-rate>0.02, error-rate, >, 0.02, SHARE",
    "error-rate>2%, error-rate, >, 0.02, SHARE",
    "rate<9.5, rate, <, 9.5, PER_SECOND",
    "rate<=9.5/s, rate, <=, 9.5, PER_SECOND"
  })
  void conditionsAreRead(
      String text, String metric, String comparison, double limit, FailIf.Unit unit) {
    FailIf condition = FailIf.parse(text);
    assertThat(condition.metric()).isEqualTo(metric);
    assertThat(condition.comparison()).isEqualTo(comparison);
    assertThat(condition.limit()).isCloseTo(limit, EXACT);
    assertThat(condition.unit()).isEqualTo(unit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p99",
        "p99>",
        "p99>300",
        "p99>300kg",
        "p999>1ms",
        "p99=1ms",
        "fast>1ms",
        "errors>1ms",
        "rate>5%",
        "p99>-3ms",
        "error-rate>1s"
      })
  void whatIsNoConditionIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> FailIf.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--fail-if: " + text + " (expected: such as 'p99>300ms'")
        .hasMessageNotContaining("\n");
  }
}
