package dev.weir.lab.record;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.load.record.LoadResult;
import dev.weir.run.RequestRecord;
import dev.weir.term.FigureText;
import java.util.Locale;
import java.util.Optional;

/// The time of requests that do not wait for others.
///
/// @param count how many were measured
/// @param meanSeconds S
/// @param scv cs²
public record ServiceTime(int count, double meanSeconds, double scv) {
  private static final int COUNT_MIN = 10;
  private static final double FIXED_SCV_MAX = 0.01;

  /// The mean and variation of the successful requests; absent with fewer than 10.
  public static Optional<ServiceTime> of(LoadResult result) {
    double[] seconds =
        result.records().stream()
            .filter(RequestRecord::succeeded)
            .mapToDouble(request -> (request.respondedNanos() - request.sentNanos()) / 1e9)
            .toArray();
    if (seconds.length < COUNT_MIN) {
      return Optional.empty();
    }
    double sum = 0;
    double squares = 0;
    for (double second : seconds) {
      sum += second;
      squares += second * second;
    }
    double mean = sum / seconds.length;
    double variance = (squares - sum * mean) / (seconds.length - 1);
    return Optional.of(new ServiceTime(seconds.length, mean, variance / (mean * mean)));
  }

  /// A law with this cs² and another mean.
  public GapLaw law(double otherMeanSeconds) {
    String name = scv < FIXED_SCV_MAX ? "fixed" : scv <= 1 ? "gamma" : "hyperexponential";
    return ShapedLaw.of("work", name, otherMeanSeconds, name.equals("fixed") ? Double.NaN : scv);
  }

  /// Such as `S = 52 ms, cs² = 0.9, of 30 requests at a low rate`.
  public String describe() {
    return String.format(
        Locale.ROOT,
        "S = %s, cs² = %.2f, of %d requests at a low rate",
        FigureText.duration(meanSeconds * 1e9),
        scv,
        count);
  }
}
