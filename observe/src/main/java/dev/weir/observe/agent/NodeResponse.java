package dev.weir.observe.agent;

import dev.weir.observe.ClockDifference;
import dev.weir.run.ContainerSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The result of asking one node.
public sealed interface NodeResponse {
  /// The node's name.
  String node();

  /// It responded.
  ///
  /// @param node its name
  /// @param series the usage of its containers
  /// @param problem its agent's problem, or ""
  /// @param ahead how far its clock is ahead of ours, to within half of `roundTrip`
  /// @param roundTrip how long the response took
  /// @param more whether newer samples remain
  record Responded(
      String node,
      List<ContainerSeries> series,
      String problem,
      Duration ahead,
      Duration roundTrip,
      boolean more)
      implements NodeResponse {
    /// The instant of the newest sample, on the node's clock; empty without any.
    public Optional<Instant> newest() {
      return series.stream()
          .flatMap(one -> one.samples().stream())
          .map(ContainerSample::timestamp)
          .max(Comparator.naturalOrder());
    }

    /// The same with a later response.
    Responded and(Responded later) {
      Map<String, ContainerSeries> joined = new LinkedHashMap<>();
      series.forEach(one -> joined.put(one.container().id(), one));
      later.series.forEach(one -> joined.merge(one.container().id(), one, ContainerSeries::and));
      return new Responded(
          node, List.copyOf(joined.values()), later.problem, ahead, roundTrip, later.more);
    }

    /// How far its clock is certainly ahead of ours; zero within the uncertainty.
    public Duration certainlyAhead() {
      return new ClockDifference(ahead, roundTrip.dividedBy(2)).certain();
    }
  }

  /// It did not respond.
  ///
  /// @param node its name
  /// @param reason why, in one line
  record Silent(String node, String reason) implements NodeResponse {}
}
