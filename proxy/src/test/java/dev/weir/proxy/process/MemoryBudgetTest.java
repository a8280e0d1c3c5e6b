package dev.weir.proxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which requests a nearly full budget lets in.
final class MemoryBudgetTest {
  @Test
  void budgetLetsSmallRequestsIntoItsLastTenth() {
    var budget = new MemoryBudget(100_000);
    budget.take(85_000);
    assertThat(budget.isTight()).isTrue();
    assertThat(budget.admits(5_000)).isTrue();
    assertThat(budget.admits(5_001)).isFalse();
    budget.take(6_000);
    assertThat(budget.admits(4_096)).isTrue();
    budget.take(9_000);
    assertThat(budget.isFull()).isTrue();
    assertThat(budget.admits(1)).isFalse();
    budget.take(-100_000);
    assertThat(budget.usedBytes()).isZero();
    assertThat(MemoryBudget.ofHeap(256L << 20)).isEqualTo(120L << 20);
    assertThat(MemoryBudget.ofHeap(8L << 20)).isEqualTo(4L << 20);
  }
}
