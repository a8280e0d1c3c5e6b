package dev.weir.console.wire;

import java.time.Duration;

/// How much of the past is kept.
///
/// @param span how far back
/// @param figures how often figures that always move are kept, such as CPU; every other change is
///   kept when it is published
/// @param bytesMax of memory; beyond it the oldest part goes
public record HistorySettings(Duration span, Duration figures, long bytesMax) {
  private static final long BYTES_MAX = 48L << 20;
  private static final long HEAP_PART = 8;

  /// One hour, in at most 48 MiB and an eighth of the heap.
  public static HistorySettings hour() {
    long bytes = Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_PART);
    return new HistorySettings(Duration.ofHours(1), Duration.ofSeconds(30), bytes);
  }
}
