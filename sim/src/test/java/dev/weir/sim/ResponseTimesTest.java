package dev.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// [ResponseTimes] separates windows of time.
final class ResponseTimesTest {
  private final ResponseTimes times = new ResponseTimes(5);

  ResponseTimesTest() {
    responded(0, 1, 10);
    responded(1, 9, 20);
    responded(2, 10, 30);
    times.arrived(11_000_000_000L);
    responded(4, 35, 50);
  }

  @Test
  void figuresAreOfThoseResponded() {
    assertThat(times.nanos(0, 5)).hasSize(4);
    assertThat(times.figures(2, 4)).isEqualTo(new LatencyFigures(1, 30, 30, 30, 30));
    assertThat(times.figures(3, 4).p99Seconds()).isNaN();
    assertThat(times.endSeconds()).isEqualTo(35);
  }

  @Test
  void windowsGoByTheTimeOfArrival() {
    assertThat(times.firstSince(0)).isZero();
    assertThat(times.firstSince(10)).isEqualTo(2);
    assertThat(times.firstSince(36)).isEqualTo(5);
    assertThat(times.windows(10)).extracting(w -> w.figures().count()).containsExactly(2, 1, 0, 1);
    assertThat(times.windows(10).getLast().startSeconds()).isEqualTo(30);
  }

  private void responded(int index, long atSeconds, long seconds) {
    times.arrived(atSeconds * 1_000_000_000L);
    times.responded(index, seconds * 1_000_000_000L);
  }
}
