package dev.weir.observe;

import dev.weir.run.ContainerSample;

/// Takes what a [Sampler] reads: one call at a time, on changing threads.
public interface SampleListener {
  /// A container was read.
  void sampled(ContainerSample sample);

  /// From here on samples are missing, or miss something. Reported once, not at every round; a
  /// later sample ends the gap.
  ///
  /// @param container the container, or the source's name if all of it fails
  /// @param reason one line
  void gap(String container, String reason);
}
