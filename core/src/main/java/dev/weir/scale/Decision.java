package dev.weir.scale;

import java.math.BigDecimal;
import java.util.Locale;

/// A decision about the number of replicas, with all that it rests on.
///
/// @param observation what was known
/// @param promise the latency to keep
/// @param aim the latency that is planned for, with some in reserve
/// @param replicas how many the service should have
/// @param term what asked for that many
/// @param terms what each term asked for
/// @param correction g, what measured work was multiplied by: 1 to 1.6
/// @param outlook what is predicted of so many
public record Decision(
    Observation observation,
    Promise promise,
    Promise aim,
    int replicas,
    Term term,
    Terms terms,
    double correction,
    Outlook outlook) {

  /// The promised percentile of the response time at the rate with its uncertainty, in seconds:
  /// infinite if so many cannot keep up, NaN if unknown.
  ///
  /// @param fewerSeconds with one replica fewer
  /// @param sameSeconds with as many as decided
  /// @param moreSeconds with one more
  public record Outlook(double fewerSeconds, double sameSeconds, double moreSeconds) {
    /// Nothing is known.
    public static final Outlook UNKNOWN = new Outlook(Double.NaN, Double.NaN, Double.NaN);
  }

  /// Whether the count changes.
  public boolean isChange() {
    return replicas != observation.desired();
  }

  /// Whether any number of replicas keeps the promise; false if the work of a request takes too
  /// long for that.
  public boolean isAttainable() {
    WorkLaw work = observation.load().work();
    return work == null || work.quantile(promise.share()) < promise.seconds();
  }

  /// One line for people: `λ=42±3.0/s ca²=3.8 S=61 ms: p99 412 ms with 5, 287 ms with 6, aim 300 ms
  /// -> 6 (base)`.
  public String words() {
    String hopeless = isAttainable() ? "" : "; the work alone breaks %s".formatted(promise.text());
    return "%s%s -> %d (%s%s)".formatted(demand(), predicted(), replicas, term.label(), hopeless);
  }

  private String demand() {
    WorkLaw work = observation.load().work();
    String queue = observation.load().queued() == 0 ? "" : " queue=" + observation.load().queued();
    if (work == null || Double.isNaN(observation.load().rate().perSecond())) {
      return "too little known" + queue;
    }
    return "λ=%s±%s/s ca²=%s S=%s%s"
        .formatted(
            digits(observation.load().rate().perSecond()),
            digits(observation.load().rate().standardError()),
            digits(observation.load().gapScv()),
            time(work.meanSeconds()),
            queue);
  }

  private String predicted() {
    if (replicas < 1 || Double.isNaN(outlook.sameSeconds)) {
      return "";
    }
    String fewer = replicas == 1 ? "" : with(outlook.fewerSeconds, replicas - 1) + ", ";
    String percentile =
        BigDecimal.valueOf(promise.percentile()).stripTrailingZeros().toPlainString();
    return ": p%s %s%s, aim %s"
        .formatted(percentile, fewer, with(outlook.sameSeconds, replicas), time(aim.seconds()));
  }

  private static String with(double seconds, int replicas) {
    String found = Double.isInfinite(seconds) ? "without end" : time(seconds);
    return "%s with %d".formatted(found, replicas);
  }

  private static String time(double seconds) {
    return seconds < 1 ? digits(seconds * 1e3) + " ms" : digits(seconds) + " s";
  }

  /// Two or three digits.
  private static String digits(double value) {
    if (Double.isNaN(value)) {
      return "?";
    }
    String form = value >= 9.95 || value == 0 ? "%.0f" : value >= 0.995 ? "%.1f" : "%.2g";
    return String.format(Locale.ROOT, form, value);
  }
}
