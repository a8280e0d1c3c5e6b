package dev.weir.observe;

import dev.weir.run.ContainerSample;

/// Takes the readings of a [Sampler]: one call at a time, on changing threads.
public interface SampleListener {
  /// A container was read.
  void sampled(ContainerSample sample);

  /// From here on samples are missing or incomplete. This is reported once, not in every round; a
  /// later sample ends the gap.
  ///
  /// @param container the container, or the source's name if the whole source fails
  /// @param reason one line
  void gap(String container, String reason);
}
