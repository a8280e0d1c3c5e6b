package dev.weir.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

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
}
