package dev.weir.swarm.gate;

import dev.weir.scale.CountMark;
import dev.weir.swarm.follow.ScaleLabels;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client may change of a service: its number of replicas within the bounds of its label
/// `weir.scale`, and the mark beside it.
///
/// @param present the spec in force
/// @param range the bounds
record CountChange(ObjectNode present, ScaleLabels.Range range) implements ServiceChange {
  private static final String MODE = "Mode";
  private static final String REPLICATED = "Replicated";
  private static final String REPLICAS = "Replicas";
  private static final String LABELS = "Labels";

  /// The change that the present spec of a service allows.
  ///
  /// @throws ForbiddenException if its labels allow none
  static CountChange of(JsonNode present) throws ForbiddenException {
    Optional<ScaleLabels.Range> range = ScaleLabels.Range.of(label(present, ScaleLabels.SCALE));
    if (range.isEmpty()) {
      throw new ForbiddenException(
          "the service has no label weir.scale with its least and greatest number of replicas");
    }
    if (!label(present, ScaleLabels.MODE).equals(ScaleLabels.ACT)) {
      throw new ForbiddenException("the label weir.scale.mode of the service is not act");
    }
    if (present instanceof ObjectNode spec
        && spec.path(MODE).path(REPLICATED) instanceof ObjectNode) {
      return new CountChange(spec, range.get());
    }
    throw new ForbiddenException("the service has no number of replicas (it is not replicated)");
  }

  private static String label(JsonNode spec, String name) {
    return spec.path(LABELS).path(name).asString("").strip();
  }

  /// The present spec with the number and the mark of a posted one, which must not differ in
  /// anything else.
  ///
  /// @throws ForbiddenException saying what differs
  @Override
  public ObjectNode next(ObjectNode posted) throws ForbiddenException {
    ObjectNode next = present.deepCopy();
    ((ObjectNode) next.path(MODE).path(REPLICATED)).put(REPLICAS, count(posted));
    JsonNode mark = posted.path(LABELS).path(ScaleLabels.SET);
    if (!mark.equals(present.path(LABELS).path(ScaleLabels.SET))) {
      ((ObjectNode) next.path(LABELS)).put(ScaleLabels.SET, text(mark));
    }
    if (!next.equals(posted)) {
      throw new ForbiddenException(
          "the spec differs from the present one in %s; only Mode.Replicated.Replicas and the label weir.scale.set may"
              .formatted(differing(next, posted)));
    }
    return next;
  }

  private int count(ObjectNode posted) throws ForbiddenException {
    JsonNode count = posted.path(MODE).path(REPLICATED).path(REPLICAS);
    if (!count.isInt() || !range.includes(count.asInt())) {
      throw new ForbiddenException(
          "Mode.Replicated.Replicas is no number within the label weir.scale: %d..%d"
              .formatted(range.min(), range.max()));
    }
    return count.asInt();
  }

  private static String text(JsonNode mark) throws ForbiddenException {
    Optional<CountMark> read =
        mark.isString() ? CountMark.parse(mark.asString()) : Optional.empty();
    if (read.isEmpty()) {
      throw new ForbiddenException(
          "the label weir.scale.set is no count and writer, such as 5@n1-4f2a.17");
    }
    return mark.asString();
  }

  /// The fields of the present spec that differ. A field of the client's own is not repeated.
  private static String differing(ObjectNode next, ObjectNode posted) {
    String names =
        next.properties().stream()
            .filter(field -> !field.getValue().equals(posted.path(field.getKey())))
            .map(java.util.Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "a further field" : names;
  }
}
