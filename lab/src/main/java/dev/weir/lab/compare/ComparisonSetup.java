package dev.weir.lab.compare;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// A comparison before its first run: what is compared and where.
public interface ComparisonSetup extends AutoCloseable {
  /// Starts what the runs need and measures what a request costs.
  ///
  /// @param folder for the records of all runs
  /// @param stopper receives the action that stops the measurement, before it begins
  /// @return empty if it was stopped before the arrivals were known
  Optional<MeasuredComparison> open(Path folder, Consumer<Runnable> stopper)
      throws InterruptedException;

  @Override
  void close();
}
