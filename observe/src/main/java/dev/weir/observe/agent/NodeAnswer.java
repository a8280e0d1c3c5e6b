package dev.weir.observe.agent;

import java.time.Duration;
import java.util.List;

/// What came of asking one node.
public sealed interface NodeAnswer {
  /// The node's name.
  String node();

  /// It answered.
  ///
  /// @param node its name
  /// @param series what its containers used
  /// @param problem what its agent says is wrong, or ""
  /// @param ahead how far its clock is ahead of ours, to within half of `roundTrip`
  /// @param roundTrip how long the answer took
  record Answered(
      String node, List<ContainerSeries> series, String problem, Duration ahead, Duration roundTrip)
      implements NodeAnswer {
    /// How far its clock is ahead of ours; zero if that is less than this answer can tell.
    public Duration certainlyAhead() {
      boolean apart = ahead.abs().compareTo(roundTrip.dividedBy(2)) > 0;
      return apart ? ahead : Duration.ZERO;
    }
  }

  /// It did not.
  ///
  /// @param node its name
  /// @param reason why, in one line
  record Silent(String node, String reason) implements NodeAnswer {}
}
