package dev.weir.load.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What passes a gate that is closed while several threads ask it.
class ScheduleGateTest {
  @Test
  void closedItLetsThroughWhatIsMissingAndNoMore() {
    var gate = new ScheduleGate();
    assertThat(gate.pass(0)).isTrue();
    assertThat(gate.pass(3)).isTrue();
    gate.close();
    assertThat(gate.pass(1)).isTrue();
    assertThat(gate.pass(2)).isTrue();
    assertThat(gate.pass(4)).isFalse();
    assertThat(gate.count()).isEqualTo(4);
    assertThat(gate.isClosed()).isTrue();
  }

  @Test
  void whateverTheMomentOfClosingThereIsNoHole() throws Exception {
    for (int round = 0; round < 200; round++) {
      var gate = new ScheduleGate();
      var next = new AtomicInteger();
      Set<Integer> passed = ConcurrentHashMap.newKeySet();
      var begun = new CountDownLatch(2);
      try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        for (int i = 0; i < 2; i++) {
          threads.execute(() -> {
            begun.countDown();
            for (int n = next.getAndIncrement(); gate.pass(n); n = next.getAndIncrement()) {
              passed.add(n);
            }
          });
        }
        begun.await();
        gate.close();
      }
      assertThat(passed).hasSize(gate.count());
      assertThat(passed).allMatch(n -> n < gate.count());
    }
  }
}
