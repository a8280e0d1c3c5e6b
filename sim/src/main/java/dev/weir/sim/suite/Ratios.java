package dev.weir.sim.suite;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// One figure under each seed, in order of size.
final class Ratios {
  private final double[] sorted;

  private Ratios(double[] sorted) {
    this.sorted = sorted;
  }

  static Ratios of(int seeds, IntToDoubleFunction figure) {
    double[] values = IntStream.range(0, seeds).mapToDouble(figure).toArray();
    Arrays.sort(values);
    return new Ratios(values);
  }

  double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  RuleResult finding(Rule rule, double bound, String detail) {
    return new RuleResult(rule, median(), sorted[0], sorted[sorted.length - 1], bound, detail);
  }
}
