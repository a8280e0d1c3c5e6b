package dev.weir.sim.suite;

/// What a rule made of a case.
///
/// @param rule which
/// @param value the median over the seeds, or of all of them together
/// @param least the least of any seed
/// @param most the most of any seed
/// @param bound what the value may be at most
/// @param detail what it was made of, in words
public record RuleResult(
    Rule rule, double value, double least, double most, double bound, String detail) {
  /// Whether the case passes by this rule. No figure is no pass.
  public boolean passes() {
    return value <= bound;
  }

  /// How far the value is up to its bound, 1 being at it.
  double strain() {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value / bound;
  }
}
