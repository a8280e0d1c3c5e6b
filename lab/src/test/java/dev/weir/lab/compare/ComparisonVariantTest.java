package dev.weir.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Policies and limits as options name them.
final class ComparisonVariantTest {
  @Test
  void weirTakesALimit() {
    assertThat(
            Stream.of("weir", "weir=auto", "WEIR=4", "weir=off", "random")
                .map(text -> ComparisonVariant.Policy.parse("--policies", text).label()))
        .containsExactly("weir", "weir", "weir=4", "weir=off", "random");
  }

  @Test
  void rulesAreThoseOfAutoscaling() {
    assertThat(
            Stream.of("weir", "cpu", "fixed=4", "fixed=1000")
                .map(text -> ComparisonVariant.Rule.parse("--autoscale", text).label()))
        .containsExactly("weir", "cpu", "fixed=4", "fixed=1000");
    assertThat(ComparisonVariant.Rule.parse("--autoscale", "fixed=4").first(2)).isEqualTo(4);
    assertThat(ComparisonVariant.Rule.parse("--autoscale", "cpu").first(2)).isEqualTo(2);
    for (String wrong : List.of("", "kpa", "fixed", "fixed=0", "fixed=1001", "fixed=04")) {
      assertThatThrownBy(() -> ComparisonVariant.Rule.parse("--autoscale", wrong))
          .hasMessageContaining("--autoscale: " + (wrong.isEmpty() ? "empty" : wrong))
          .hasMessageContaining("weir, cpu or fixed=N");
    }
  }
}
