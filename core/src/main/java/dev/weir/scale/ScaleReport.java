package dev.weir.scale;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state of one service's autoscaling, for status pages.
///
/// @param mode `advise` or `act`
/// @param min the least number of replicas
/// @param max the greatest number
/// @param paused whether someone paused it
/// @param actor who acts: `self`, the name of another balancer, or empty for none
/// @param state what it waits for, in words; empty for nothing
/// @param coldStartSeconds from asking for a replica to its first request, as measured; NaN until
///   known
/// @param fault why replicas do not start, in the swarm's words; empty if they do
/// @param desired how many replicas are asked for
/// @param ready how many take requests
/// @param history the latest decisions, the oldest first
/// @param decisions how many decisions since the start rested on each term
public record ScaleReport(
    String mode,
    int min,
    int max,
    boolean paused,
    String actor,
    String state,
    double coldStartSeconds,
    String fault,
    int desired,
    int ready,
    List<ScaleEvent> history,
    Map<Term, Long> decisions) {
  private static final String ACT = "act";
  private static final String SELF = "self";

  public ScaleReport {
    history = List.copyOf(history);
    decisions = Map.copyOf(decisions);
  }

  /// The latest decision; empty before the first.
  public Optional<ScaleEvent> latest() {
    return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
  }

  /// Whether this balancer sets the number of replicas, unless it is paused.
  public boolean isActing() {
    return mode.equals(ACT) && actor.equals(SELF);
  }
}
