package dev.weir.lab.record;

import dev.weir.term.FigureText;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long a recording lasts: for a time, or until it is stopped.
public final class RecordingTime {
  private static final long SHOW_MILLIS = 500;

  private final Optional<Duration> duration;
  private final Terminal terminal;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public RecordingTime(Optional<Duration> duration, Terminal terminal) {
    this.duration = duration;
    this.terminal = terminal;
  }

  /// Ends it.
  public void stop() {
    stopped.countDown();
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /// Returns when it is over, and shows meanwhile how far it is.
  public void await(Recording recording) throws InterruptedException {
    long beganNanos = System.nanoTime();
    var progress = new Progress(terminal, "recording", beganNanos);
    while (!stopped.await(stepMillis(beganNanos), TimeUnit.MILLISECONDS)) {
      long nowNanos = System.nanoTime();
      String what =
          "%s of %s"
              .formatted(
                  FigureText.count(recording.sampleCount(), "sample"),
                  FigureText.count(recording.containers().size(), "container"));
      if (duration.isPresent()) {
        double share = (nowNanos - beganNanos) / (double) duration.get().toNanos();
        if (share >= 1) {
          break;
        }
        progress.show(share, what, nowNanos);
      } else {
        String passed = Progress.plain(Duration.ofNanos(nowNanos - beganNanos));
        terminal.live("recording for %s: %s (Ctrl-C ends it)".formatted(passed, what));
      }
    }
    terminal.clear();
  }

  private long stepMillis(long beganNanos) {
    long leftMillis =
        duration
            .map(time -> time.minusNanos(System.nanoTime() - beganNanos).toMillis() + 1)
            .orElse(SHOW_MILLIS);
    return Math.clamp(leftMillis, 1, SHOW_MILLIS);
  }
}
