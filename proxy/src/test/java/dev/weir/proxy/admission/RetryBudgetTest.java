package dev.weir.proxy.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How many retries a service may have, with explicit instants.
final class RetryBudgetTest {
  @Test
  void retriesAreKeptToABudget() {
    var budget = new RetryBudget(0);
    int taken = 0;
    while (budget.take(0)) {
      taken++;
    }
    assertThat(taken).isEqualTo(100);
    for (int i = 0; i < 50; i++) {
      budget.request(1);
    }
    assertThat(budget.take(2)).isTrue();
    assertThat(budget.take(15_000_000_000L)).isTrue();
  }
}
