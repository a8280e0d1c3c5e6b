package dev.weir.swarm.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.swarm.scale.ScalerConfig;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a client may change of the scaler's config: its labels, within bounds.
final class ConfigChange {
  private static final String NAME = "Name";
  private static final String DATA = "Data";
  private static final String LABELS = "Labels";
  private static final int LABELS_MAX = 4096;
  private static final int VALUE_BYTES_MAX = 512 << 10;
  private static final Pattern KEY = Pattern.compile("weir\\.[A-Za-z0-9._-]{1,200}");

  private ConfigChange() {}

  /// The config with the labels of a posted one, which must be the scaler's.
  ///
  /// @throws ForbiddenException saying what is wrong with it
  static ObjectNode created(ObjectNode posted) throws ForbiddenException {
    ObjectNode next =
        JsonNodeFactory.instance
            .objectNode()
            .put(NAME, ScalerConfig.NAME)
            .put(DATA, ScalerConfig.encodedData());
    return relabelled(
        next,
        posted,
        "only the config %s with its own data is made here".formatted(ScalerConfig.NAME));
  }

  /// The present spec with the labels of a posted one, which must not differ in anything else.
  ///
  /// @throws ForbiddenException saying what is wrong with it
  static ObjectNode updated(ObjectNode present, ObjectNode posted) throws ForbiddenException {
    return relabelled(
        present,
        posted,
        "the spec differs from the present one of the config %s; only its labels may"
            .formatted(ScalerConfig.NAME));
  }

  private static ObjectNode relabelled(ObjectNode present, ObjectNode posted, String otherwise)
      throws ForbiddenException {
    ObjectNode next = present.deepCopy();
    next.set(LABELS, labels(posted.path(LABELS)));
    if (!next.equals(posted)) {
      throw new ForbiddenException(otherwise);
    }
    return next;
  }

  private static ObjectNode labels(JsonNode posted) throws ForbiddenException {
    if (!posted.isObject() || posted.size() > LABELS_MAX) {
      throw new ForbiddenException(
          "the config %s has no labels, or more than %d".formatted(ScalerConfig.NAME, LABELS_MAX));
    }
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> label : posted.properties()) {
      JsonNode value = label.getValue();
      if (!KEY.matcher(label.getKey()).matches()
          || !value.isString()
          || value.asString().getBytes(UTF_8).length > VALUE_BYTES_MAX) {
        throw new ForbiddenException(
            "a label of the config %s is not weir.NAME with a text of at most 512 KiB"
                .formatted(ScalerConfig.NAME));
      }
      labels.put(label.getKey(), value.asString());
    }
    return labels;
  }
}
