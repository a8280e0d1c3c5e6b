package dev.weir.console.source;

import tools.jackson.databind.JsonNode;

/// A replica as one balancer knows it, or several together.
///
/// @param id its name there; of a task it ends with the first letters of the task's id
/// @param state `active`, `ejected` or `draining`
/// @param inFlight requests that it works on
/// @param limit how many it may have; 0 for any number
/// @param knee how many it works on at full speed; 0 until known
/// @param limitReason why the limit is what it is
/// @param serviceSeconds mean time from lease to end; NaN until known
/// @param succeeded requests that ended well
/// @param failed requests that failed
record ReplicaFigures(
    String id,
    String state,
    double inFlight,
    int limit,
    int knee,
    String limitReason,
    double serviceSeconds,
    long succeeded,
    long failed) {
  static ReplicaFigures of(JsonNode json) {
    return new ReplicaFigures(
        Texts.of(json, "id"),
        Texts.of(json, "state"),
        json.path("inFlight").asInt(0),
        json.path("limit").asInt(0),
        json.path("knee").asInt(0),
        Texts.of(json, "limitReason"),
        json.path("serviceMeanSeconds").asDouble(Double.NaN),
        json.path("succeeded").asLong(0),
        json.path("failed").asLong(0));
  }

  boolean isActive() {
    return state.equals("active");
  }

  /// How many requests it works on at once at full speed; 0 until known.
  int slots() {
    return knee > 0 ? knee : limit;
  }

  /// In the words of a circuit breaker.
  String health() {
    return switch (state) {
      case "active" -> "eligible";
      case "ejected" -> "open";
      default -> state;
    };
  }

  /// A part of its requests.
  ReplicaFigures part(double part) {
    return new ReplicaFigures(
        id, state, inFlight * part, limit, knee, limitReason, serviceSeconds, succeeded, failed);
  }

  /// What two balancers know together. Each has requests and a limit of its own, which add up. It
  /// is as well as the balancer says that thinks less of it.
  ReplicaFigures plus(ReplicaFigures other) {
    boolean isMain = succeeded >= other.succeeded;
    ReplicaFigures main = isMain ? this : other;
    return new ReplicaFigures(
        id,
        isActive() ? other.state : state,
        inFlight + other.inFlight,
        limit == 0 || other.limit == 0 ? 0 : limit + other.limit,
        Math.max(knee, other.knee),
        main.limitReason,
        Double.isNaN(main.serviceSeconds) ? other.serviceSeconds : main.serviceSeconds,
        succeeded + other.succeeded,
        failed + other.failed);
  }
}
