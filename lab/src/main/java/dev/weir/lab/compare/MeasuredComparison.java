package dev.weir.lab.compare;

import java.util.Map;
import java.util.Optional;

/// A comparison that is ready to run: a request's cost is measured and the arrivals are known.
public interface MeasuredComparison {
  /// Where its runs take place; the caller closes it.
  ComparisonTarget target();

  /// Replicas and arrivals, in a few words.
  String describe();

  /// Settings and measurements by name, in the order to show them.
  Map<String, String> facts();

  /// A simulation of the same comparison, if it can be simulated.
  ///
  /// @param variants by label, the baseline first
  Optional<ComparisonPrediction> prediction(Map<String, ComparisonVariant> variants);

  /// Why there is no prediction, if there is none.
  String whyNotPredicted();
}
