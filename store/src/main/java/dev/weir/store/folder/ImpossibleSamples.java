package dev.weir.store.folder;

import dev.weir.run.ContainerSample;
import dev.weir.run.SampleTimes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Samples with impossible timestamps: a single one would ruin a chart.
public final class ImpossibleSamples {
  private ImpossibleSamples() {}

  /// Removes them from `samples`, and also containers that have no others.
  ///
  /// @param report gets, for each such container, its name and what was left out
  public static void leaveOut(
      Map<String, List<ContainerSample>> samples, BiConsumer<String, String> report) {
    samples.forEach((container, all) -> {
      List<ContainerSample> found = SampleTimes.impossible(all);
      if (!found.isEmpty()) {
        all.removeAll(Set.copyOf(found));
        report.accept(
            container,
            "%d samples are stamped at times that cannot be true, such as %s; left out"
                .formatted(found.size(), found.getFirst().timestamp()));
      }
    });
    samples.values().removeIf(List::isEmpty);
  }
}
