package dev.weir.console.source;

import java.util.List;
import java.util.Map;

/// All that one picture is made of.
///
/// @param nowMillis the picture's instant
/// @param swarm the swarm as last read
/// @param failure why it cannot be read now; empty if it can
/// @param hasManagers whether there is a manager to ask at all
/// @param writes whether the page may change services
/// @param balancers the balancers
/// @param loads what they know together, by the service's name
/// @param usage what containers use
/// @param predictions by the service's name
/// @param downMillis since when a machine is not ready, by its id
/// @param decisions the latest about replicas
/// @param events the latest of all kinds
record View(
    long nowMillis,
    SwarmSeen swarm,
    String failure,
    boolean hasManagers,
    boolean writes,
    List<BalancerSeen> balancers,
    Map<String, ServiceLoadSeen> loads,
    UsageBook.Usage usage,
    Map<String, Predictions.Predicted> predictions,
    Map<String, Long> downMillis,
    List<Numbered.Entry<DecisionSeen>> decisions,
    List<Numbered.Entry<EventSeen>> events) {
  /// The percentile to show where nothing is promised.
  static final double PERCENTILE = 99;

  /// The first letters of a task's id, by which balancers know it.
  static String shortId(String taskId) {
    return taskId.substring(0, Math.min(12, taskId.length()));
  }
}
