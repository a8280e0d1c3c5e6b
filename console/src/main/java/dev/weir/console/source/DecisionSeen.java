package dev.weir.console.source;

import tools.jackson.databind.JsonNode;

/// A decision about a service's replicas, by a balancer or by a person.
///
/// @param atMillis when
/// @param service the service's name
/// @param from how many replicas were asked for until then
/// @param to how many it asks for
/// @param done what came of it
/// @param why in words
/// @param by who decided; empty if unknown
record DecisionSeen(
    long atMillis, String service, int from, int to, String done, String why, String by) {
  static DecisionSeen of(JsonNode event, String service) {
    return new DecisionSeen(
        event.path("epochMillis").asLong(0),
        service,
        event.path("before").asInt(0),
        event.path("replicas").asInt(0),
        Texts.of(event, "done"),
        Texts.of(event, "words"),
        "");
  }

  DecisionSeen by(String who) {
    return new DecisionSeen(atMillis, service, from, to, done, why, who);
  }

  /// Whether it asks for another number, or was kept from it.
  boolean isChange() {
    return from != to || !done.equals("kept");
  }
}
