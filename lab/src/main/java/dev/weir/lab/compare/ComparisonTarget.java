package dev.weir.lab.compare;

import dev.weir.load.record.LoadResult;

/// Where the runs of a comparison take place: this machine, or a service of a swarm.
public interface ComparisonTarget extends AutoCloseable {
  /// Makes one run and records it.
  LoadResult run(ComparisonTrial trial) throws InterruptedException;

  /// Ends the current load and puts a changed service back; may be called by any thread at any
  /// time.
  void stop();

  /// Whether the service could not be put back as it was found; this has been reported.
  default boolean isLeftChanged() {
    return false;
  }

  /// Leaves everything as it was found.
  @Override
  void close();
}
