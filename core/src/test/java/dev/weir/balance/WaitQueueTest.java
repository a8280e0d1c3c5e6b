package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Late requests go behind the others, in order; none is lost or served twice.
final class WaitQueueTest {
  private static final long LATE_AFTER = 100;

  private final WaitQueue<Integer> queue = new WaitQueue<>();

  @Test
  void firstComeFirstServedUnlessToldOtherwise() {
    queue.join(1, null, 0);
    queue.join(2, null, 5);
    assertThat(take(Long.MAX_VALUE / 2)).isEqualTo(1);
    assertThat(take(Long.MAX_VALUE / 2)).isEqualTo(2);
    assertThat(queue.next(0)).isNull();
    assertThat(queue.oldest()).isNull();
  }

  @Test
  void whatIsLateGoesLast() {
    queue.lateAfter(LATE_AFTER);
    queue.join(1, null, 0);
    queue.join(2, null, 1);
    queue.join(3, null, 50);
    assertThat(Objects.requireNonNull(queue.next(LATE_AFTER)).request()).isEqualTo(1);
    assertThat(take(LATE_AFTER + 2)).isEqualTo(3);
    assertThat(Objects.requireNonNull(queue.oldest()).request()).isEqualTo(1);
    queue.join(4, null, LATE_AFTER + 3);
    assertThat(take(LATE_AFTER + 3)).isEqualTo(4);
    assertThat(take(LATE_AFTER + 3)).isEqualTo(1);
    assertThat(take(LATE_AFTER + 3)).isEqualTo(2);
    assertThat(queue.size()).isZero();
  }

  @Test
  void aLateOneCanLeave() {
    queue.lateAfter(LATE_AFTER);
    QueuedRequest<Integer> first = queue.join(1, null, 0);
    queue.join(2, null, 0);
    queue.join(3, null, 200);
    assertThat(take(200)).isEqualTo(3);
    queue.leave(first);
    assertThat(take(200)).isEqualTo(2);
    assertThat(queue.size()).isZero();
  }

  /// Beside a list that is searched from end to end.
  @Test
  void everyRequestIsServedOnceInTheRightOrder() {
    Seeds.forAll(random -> {
      var line = new WaitQueue<Integer>();
      line.lateAfter(LATE_AFTER);
      var waiting = new ArrayList<QueuedRequest<Integer>>();
      var settled = new HashSet<Integer>();
      long now = 0;
      int joined = 0;
      for (int step = 0; step < 300; step++) {
        now += random.nextInt(30);
        switch (random.nextInt(5)) {
          case 0, 1 -> waiting.add(line.join(joined++, null, now));
          case 2, 3 -> serve(line, waiting, settled, now);
          default -> cancel(line, waiting, settled, random);
        }
        assertThat(line.size()).isEqualTo(waiting.size()).isEqualTo(joined - settled.size());
        assertThat(line.oldest()).isEqualTo(waiting.isEmpty() ? null : waiting.getFirst());
      }
      while (!waiting.isEmpty()) {
        serve(line, waiting, settled, now);
      }
      assertThat(settled).hasSize(joined);
    });
  }

  @Test
  void theOrderIsNamed() {
    assertThat(QueueSpec.isLateLast("--queue", "late-last")).isTrue();
    assertThat(QueueSpec.isLateLast("--queue", " fifo ")).isFalse();
    assertThatThrownBy(() -> QueueSpec.isLateLast("--queue", "lifo"))
        .hasMessage("--queue: lifo (expected: fifo or late-last)");
    assertThat(new QueueSpec.LateLast(1000).lateAfterNanos(Double.NaN)).isEqualTo(1000);
    assertThat(new QueueSpec.LateLast(1000).lateAfterNanos(300)).isEqualTo(400);
    assertThat(new QueueSpec.LateLast(1000).lateAfterNanos(600)).isZero();
    assertThat(QueueSpec.FIFO.lateAfterNanos(300)).isEqualTo(Long.MAX_VALUE);
  }

  private static void serve(
      WaitQueue<Integer> line,
      List<QueuedRequest<Integer>> waiting,
      Set<Integer> settled,
      long now) {
    QueuedRequest<Integer> expected =
        waiting.stream()
            .filter(entry -> now - entry.sinceNanos() <= LATE_AFTER)
            .findFirst()
            .orElse(waiting.isEmpty() ? null : waiting.getFirst());
    QueuedRequest<Integer> next = line.next(now);
    assertThat(next).isEqualTo(expected);
    if (next != null) {
      leave(line, waiting, settled, next);
    }
  }

  private static void cancel(
      WaitQueue<Integer> line,
      List<QueuedRequest<Integer>> waiting,
      Set<Integer> settled,
      RandomGenerator random) {
    if (!waiting.isEmpty()) {
      leave(line, waiting, settled, waiting.get(random.nextInt(waiting.size())));
    }
  }

  private static void leave(
      WaitQueue<Integer> line,
      List<QueuedRequest<Integer>> waiting,
      Set<Integer> settled,
      QueuedRequest<Integer> entry) {
    line.leave(entry);
    waiting.remove(entry);
    assertThat(settled.add(entry.request())).isTrue();
  }

  private int take(long nowNanos) {
    QueuedRequest<Integer> next = Objects.requireNonNull(queue.next(nowNanos));
    queue.leave(next);
    return next.request();
  }
}
