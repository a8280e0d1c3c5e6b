package dev.weir.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What is compared where, as far as it can be said before the first run.
interface ComparisonSetup extends AutoCloseable {
  /// In a few words: replicas and arrivals, as they are once it is open.
  String describe();

  /// Settings by name, in the order to show them.
  Map<String, String> facts();

  /// Makes it ready to run.
  ///
  /// @param folder for what is left of the runs
  /// @param opening is told the ground as soon as it can be stopped
  ComparisonTarget open(Path folder, Consumer<ComparisonTarget> opening)
      throws InterruptedException;

  /// How to simulate the same, if it can be expressed.
  ///
  /// @param variants by label, the baseline first
  Optional<ComparePrediction> prediction(Map<String, CompareVariant> variants);

  /// Why there is no prediction, if there is none.
  String whyNotPredicted();

  @Override
  void close();
}
