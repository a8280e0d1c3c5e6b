package dev.weir.cli;

import dev.weir.load.record.LoadResult;

/// Where a comparison takes place: this machine, or a service of a swarm.
interface ComparisonTarget extends AutoCloseable {
  /// Makes one run and records it.
  LoadResult run(ComparisonTrial trial) throws InterruptedException;

  /// Sends nothing more, and leaves what is shared as it was found; may be called by any thread at
  /// any time.
  void stop();

  /// Whether something could not be left as it was found, which has been told then.
  default boolean isLeftChanged() {
    return false;
  }

  /// Leaves everything as it was found.
  @Override
  void close();
}
