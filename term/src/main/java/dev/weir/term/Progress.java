package dev.weir.term;

import java.time.Duration;
import java.util.Locale;

/// The progress of a task of known length, on one line: a bar, the share, a note and the time left.
/// Without a terminal, a plain line every ten seconds.
public final class Progress {
  private static final int BAR = 24;
  private static final long PLAIN_NANOS = 10_000_000_000L;

  private final Terminal terminal;
  private final String task;
  private final long startNanos;
  private long plainNanos;

  public Progress(Terminal terminal, String task, long startNanos) {
    this.terminal = terminal;
    this.task = task;
    this.startNanos = startNanos;
    this.plainNanos = startNanos;
  }

  /// Shows that `share` of the task, in `[0, 1]`, is done.
  public void show(double share, String note, long nowNanos) {
    String line = line(share, note, nowNanos - startNanos);
    terminal.live(line);
    if (!terminal.isPerson() && nowNanos - plainNanos >= PLAIN_NANOS) {
      plainNanos = nowNanos;
      terminal.report(line);
    }
  }

  String line(double share, String note, long passedNanos) {
    double done = Math.clamp(share, 0, 1);
    int full = (int) Math.round(done * BAR);
    String eta = done > 0.01 ? eta((long) (passedNanos * (1 - done) / done)) : "";
    String bar = "█".repeat(full) + "░".repeat(BAR - full);
    return String.format(
        Locale.ROOT,
        "%s %s %3.0f %%%s%s",
        task,
        bar,
        done * 100,
        eta,
        note.isEmpty() ? "" : "  " + note);
  }

  private static String eta(long leftNanos) {
    return "  ETA " + plain(Duration.ofNanos(leftNanos));
  }

  /// A duration in words: `42 s`, `3 min 05 s`.
  public static String plain(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }
}
