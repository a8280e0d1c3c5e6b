package dev.weir.sim.suite;

/// The result of a rule in a case.
///
/// @param rule which
/// @param value the median over the seeds, or the value of all of them together
/// @param least the smallest of any seed
/// @param most the largest of any seed
/// @param bound the largest value that passes
/// @param detail its origin, in words
public record RuleResult(
    Rule rule, double value, double least, double most, double bound, String detail) {
  /// Whether the case passes by this rule; NaN does not pass.
  public boolean passes() {
    return value <= bound;
  }

  /// The value relative to its bound; 1 is at the bound.
  double strain() {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value / bound;
  }
}
