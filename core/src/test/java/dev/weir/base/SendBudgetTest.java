package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which slow reader goes when too many bytes are held.
final class SendBudgetTest {
  private final SendBudget<String> budget = new SendBudget<>(100);

  @Test
  void theOldestGoUntilTheNewFits() {
    assertThat(budget.add("a", 40)).isEmpty();
    assertThat(budget.add("b", 40)).isEmpty();
    assertThat(budget.add("c", 60)).containsExactly("a");
    assertThat(budget.bytes()).isEqualTo(100);
    budget.remove("b");
    budget.remove("b");
    assertThat(budget.bytes()).isEqualTo(60);
  }

  @Test
  void aLargeOneIsSentAlone() {
    assertThat(budget.add("a", 10)).isEmpty();
    assertThat(budget.add("b", 1000)).containsExactly("a");
    assertThat(budget.add("c", 1)).containsExactly("b");
    assertThat(budget.bytes()).isEqualTo(1);
  }
}
