import java.util.SplittableRandom;

/// The service times of a case, drawn one after the other from a seed.
final class Work {
  private final String law;
  private final double meanNanos;
  private final double scv;
  private SplittableRandom random = new SplittableRandom(0);

  /// @param scv squared coefficient of variation of the hyperexponential law, above 1
  Work(String law, double meanMillis, double scv) {
    this.law = law;
    this.meanNanos = meanMillis * 1e6;
    this.scv = scv;
    nextNanos();
  }

  /// Starts the sequence of this seed.
  void reset(long seed) {
    random = new SplittableRandom(seed);
  }

  double nextNanos() {
    return switch (law) {
      case "fixed" -> meanNanos;
      case "exponential" -> exponential(meanNanos);
      case "hyperexponential" -> hyperexponential();
      default ->
          throw new IllegalArgumentException(
              "law: %s (expected: exponential, fixed or hyperexponential)".formatted(law));
    };
  }

  /// Two exponential laws, each with half of the work (balanced means).
  private double hyperexponential() {
    double often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
    double share = random.nextDouble() < often ? often : 1 - often;
    return exponential(meanNanos / (2 * share));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
