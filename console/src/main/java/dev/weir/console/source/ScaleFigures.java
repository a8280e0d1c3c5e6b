package dev.weir.console.source;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A service's autoscaling as one balancer knows it.
///
/// @param actor who sets the number: `self`, another balancer's name, or empty for none
/// @param state what it waits for, in words; empty for nothing
/// @param fault why replicas do not start; empty if they do
/// @param decisions the latest ones, the oldest first
record ScaleFigures(String actor, String state, String fault, List<DecisionSeen> decisions) {
  static final ScaleFigures NONE = new ScaleFigures("", "", "", List.of());

  private static final int DECISIONS_MAX = 500;

  ScaleFigures {
    decisions = List.copyOf(decisions);
  }

  /// @param service its name
  static ScaleFigures of(JsonNode json, String service) {
    var decisions = new ArrayList<DecisionSeen>();
    for (JsonNode event : json.path("history")) {
      if (decisions.size() < DECISIONS_MAX) {
        decisions.add(DecisionSeen.of(event, service));
      }
    }
    return new ScaleFigures(
        Texts.of(json, "actor"), Texts.of(json, "state"), Texts.of(json, "fault"), decisions);
  }

  boolean isActing() {
    return actor.equals("self");
  }
}
