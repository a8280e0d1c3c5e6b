package dev.weir.cluster.doctor.check;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;

/// Counts, times and sizes as people read them.
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final int NAMES_MAX = 6;

  private Words() {}

  /// `1 node`, `2 nodes`.
  static String count(long number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }

  /// The first names of many.
  static String names(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(NAMES_MAX).toList());
    return names.size() <= NAMES_MAX
        ? first
        : "%s and %d more".formatted(first, names.size() - NAMES_MAX);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  /// `42 s`, `5 min`, `3 h`, `12 days`; below a second `140 ms`.
  static String time(Duration length) {
    Duration time = length.abs();
    if (time.toSeconds() < 1) {
      return time.toMillis() + " ms";
    }
    if (time.toMinutes() < 2) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3).replace(".0 s", " s");
    }
    return time.toHours() < 2
        ? time.toMinutes() + " min"
        : time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
  }

  /// Of KiB.
  static String size(long kib) {
    double gib = kib / 1048576.0;
    return gib >= 1
        ? String.format(Locale.ROOT, "%.1f GiB", gib)
        : String.format(Locale.ROOT, "%d MiB", kib / 1024);
  }
}
