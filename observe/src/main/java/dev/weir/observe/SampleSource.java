package dev.weir.observe;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A source of samples: a process, an engine, an agent.
///
/// A [Sampler] never reads a source twice at once, but on changing threads. A source that may be
/// slow bounds its waits; until a reading ends, its rounds are skipped.
public interface SampleSource {
  /// The name for gaps of the whole source.
  String name();

  /// Prepares the first reading of a recording and forgets what earlier recordings learned.
  default void begin() {}

  /// Reads the usage of every container of this source. A container that is missing from the result
  /// has ended.
  ///
  /// @param now the sampler's clock, for sources that have none of their own
  /// @throws IOException if nothing can be read, with the reason in one line
  List<ContainerSample> read(Instant now) throws IOException;

  /// How far the clock of its timestamps was ahead of ours at the last reading; empty if unknown.
  /// Samples are already corrected by it.
  default Optional<ClockDifference> clock() {
    return Optional.empty();
  }
}
