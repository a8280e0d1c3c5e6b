package dev.weir.stats;

import java.util.List;

/// The ratio of one figure to another, from several rounds with both.
///
/// The rounds' ratios are averaged as logarithms, so that twice and half cancel and it does not
/// matter which of the two is called the other's base (Fleming and Wallace, "How not to lie with
/// statistics", CACM 29(3), 1986). The interval is Student's for the mean of paired differences, of
/// those logarithms (Jain, "The Art of Computer Systems Performance Analysis", 1991, section 13.4).
///
/// @param mean the geometric mean of the rounds' ratios; NaN without a round
/// @param low lower end of the 95 % interval; 0 with fewer than two rounds
/// @param high its upper end; infinite with fewer than two rounds
/// @param rounds the ratio of each round that counts, in order
public record Ratio(double mean, double low, double high, List<Double> rounds) {
  private static final double CONFIDENCE = 0.95;

  public Ratio {
    rounds = List.copyOf(rounds);
  }

  /// The ratio of these rounds; rounds without a ratio above zero are ignored.
  public static Ratio of(List<Double> rounds) {
    List<Double> logs =
        rounds.stream().filter(r -> r > 0 && Double.isFinite(r)).map(Math::log).toList();
    int count = logs.size();
    double mean = logs.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
    if (count < 2) {
      return new Ratio(Math.exp(mean), 0, Double.POSITIVE_INFINITY, rounds);
    }
    double squares = logs.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (count - 1) / count);
    double reach = new StudentT(count - 1).magnitude(CONFIDENCE) * error;
    return new Ratio(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach), rounds);
  }

  /// Whether there are enough rounds for an interval.
  public boolean hasInterval() {
    return Double.isFinite(high);
  }

  /// Whether the interval holds `ratio`.
  public boolean contains(double ratio) {
    return low <= ratio && ratio <= high;
  }

  /// Whether the other's interval holds all of this one.
  public boolean liesWithin(Ratio other) {
    return other.low <= low && high <= other.high;
  }

  /// The factor by which the mean may be off: 1.2 is "20 % more or less".
  public double uncertainty() {
    return Math.sqrt(high / low);
  }
}
