package dev.weir.lab.record;

import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Optional;

/// What is missing from a recorded run, to be printed above its figures.
public final class MissingRecords {
  private MissingRecords() {}

  /// One line; empty if the run is whole.
  public static Optional<String> of(RunRecord run) {
    List<String> lost =
        run.events().stream()
            .filter(event -> event.kind().equals(RunEvent.RECORD_LOST))
            .map(RunEvent::text)
            .toList();
    return lost.stream()
        .findFirst()
        .map(first ->
            "%s: %s%s"
                .formatted(
                    run.info().id(),
                    first,
                    lost.size() > 1 ? ", and %d times more".formatted(lost.size() - 1) : ""));
  }
}
