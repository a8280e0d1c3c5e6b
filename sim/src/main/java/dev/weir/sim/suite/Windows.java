package dev.weir.sim.suite;

import dev.weir.sim.LatencyFigures;
import dev.weir.sim.ResponseTimes;
import java.util.List;
import java.util.stream.LongStream;

/// The p99 of two variants in windows of time, each pooled over all seeds; windows with few
/// requests are merged with the next one.
final class Windows {
  private static final double WIDTH_SECONDS = 10;
  private static final int REQUESTS_MIN = 500;

  private final double requestsMin;

  private final List<ResponseTimes> ours;
  private final List<ResponseTimes> theirs;
  private final double endSeconds;

  /// @param workScv variable work comes in busy periods, so a p99 needs more requests
  Windows(List<ResponseTimes> ours, List<ResponseTimes> theirs, double workScv) {
    this.requestsMin = REQUESTS_MIN * Math.max(1, workScv);
    this.ours = ours;
    this.theirs = theirs;
    this.endSeconds = ours.stream().mapToDouble(ResponseTimes::endSeconds).max().orElseThrow();
  }

  /// The window with the largest ratio of ours to theirs.
  RuleResult worst(double bound) {
    double worst = Double.NaN;
    String detail = "";
    double from = 0;
    while (from <= endSeconds) {
      double to = end(from);
      double our = p99(ours, from, to);
      double their = p99(theirs, from, to);
      if (!(our / their <= worst)) {
        worst = our / their;
        detail =
            "%.0f to %.0f s, p99 %.0f against %.0f ms"
                .formatted(from, Math.min(to, endSeconds), our * 1e3, their * 1e3);
      }
      from = to;
    }
    return new RuleResult(Rule.WINDOW, worst, worst, worst, bound, detail);
  }

  /// The end of a window that begins at `from` and has enough requests; a smaller rest is merged
  /// into it.
  private double end(double from) {
    double to = from + WIDTH_SECONDS;
    while (to <= endSeconds && count(from, to) < requestsMin) {
      to += WIDTH_SECONDS;
    }
    return count(to, endSeconds + 1) < requestsMin ? endSeconds + 1 : to;
  }

  private int count(double from, double to) {
    return ours.stream().mapToInt(times -> times.firstSince(to) - times.firstSince(from)).sum();
  }

  private static double p99(List<ResponseTimes> pooled, double from, double to) {
    LongStream nanos =
        pooled.stream()
            .flatMapToLong(
                times -> LongStream.of(times.nanos(times.firstSince(from), times.firstSince(to))));
    return LatencyFigures.of(nanos.toArray()).p99Seconds();
  }
}
