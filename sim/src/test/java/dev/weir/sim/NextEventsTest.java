package dev.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// [NextEvents] always has the earliest event at hand.
final class NextEventsTest {
  @Test
  void theEarliestIsFirst() {
    Seeds.forAll(random -> {
      long[] nanos = new long[random.nextInt(1, 30)];
      Arrays.fill(nanos, Long.MAX_VALUE);
      var events = new NextEvents(nanos.length);
      for (int step = 0; step < 200; step++) {
        int source = random.nextInt(nanos.length);
        nanos[source] = random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextLong(1_000);
        events.set(source, nanos[source]);
        assertThat(events.firstNanos()).isEqualTo(Arrays.stream(nanos).min().orElseThrow());
        assertThat(nanos[events.first()]).isEqualTo(events.firstNanos());
      }
    });
  }
}
