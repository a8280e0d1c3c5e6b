package dev.weir.sim.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// [Ratios] and [RuleResult] sum the seeds up.
final class RatiosTest {
  @Test
  void theMedianDecidesAndTheRangeIsKept() {
    double[] values = {1.3, 0.9, 1.0};
    RuleResult finding = Ratios.of(3, i -> values[i]).finding(Rule.P99, 1.1, "");
    assertThat(finding).isEqualTo(new RuleResult(Rule.P99, 1.0, 0.9, 1.3, 1.1, ""));
    assertThat(finding.passes()).isTrue();
    assertThat(Ratios.of(2, i -> values[i]).median()).isEqualTo(1.1);
  }

  @Test
  void noFigureIsNoPass() {
    assertThat(Ratios.of(1, _ -> Double.NaN).finding(Rule.P99, 1.1, "").passes()).isFalse();
  }
}
