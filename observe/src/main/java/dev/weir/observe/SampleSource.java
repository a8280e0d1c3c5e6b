package dev.weir.observe;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where samples come from: a process, an engine, an agent.
///
/// A [Sampler] never reads a source twice at once, but on changing threads. A source that talks to
/// something slow puts a limit on how long it waits: until then its rounds are skipped.
public interface SampleSource {
  /// What a gap names if the source as a whole fails.
  String name();

  /// Called before the first reading of a recording, for what a source has to find out about
  /// itself; whatever it knows from an earlier one is forgotten.
  default void begin() {}

  /// Reads what every container of this source has used so far. A container that is no longer among
  /// them has ended.
  ///
  /// @param now the sampler's clock, for sources that have none of their own
  /// @throws IOException if nothing can be read; its message says why, in one line
  List<ContainerSample> read(Instant now) throws IOException;

  /// How far the clock of its timestamps was ahead of ours when it was read last; empty if it does
  /// not know. Samples have been corrected by it.
  default Optional<ClockDifference> clock() {
    return Optional.empty();
  }
}
