package dev.weir.console.source;

import dev.weir.run.ContainerSample;
import java.util.List;

/// What containers of the swarm use, from agents or cAdvisor. Whoever starts the console chooses
/// the sources.
@FunctionalInterface
public interface UsageSource {
  /// Reads all containers now. It may take some seconds and never runs twice at once.
  Reading read();

  /// One reading.
  ///
  /// @param samples cumulative figures; a container's name ends with its task's id
  /// @param missing what could not be read and why, a line each
  record Reading(List<ContainerSample> samples, List<String> missing) {
    public Reading {
      samples = List.copyOf(samples);
      missing = List.copyOf(missing);
    }
  }
}
