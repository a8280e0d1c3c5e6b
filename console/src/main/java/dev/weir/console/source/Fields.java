package dev.weir.console.source;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of one entity, field by field. What is not known is left out: texts that are empty,
/// numbers that are NaN, instants at 0.
final class Fields {
  private static final int TEXT_MAX = 500;
  private static final int DIGITS = 4;

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  Fields text(String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, bounded(value));
    }
    return this;
  }

  /// Four digits are what people read; more would make every small change a message.
  Fields number(String name, double value) {
    if (Double.isFinite(value)) {
      double rounded = rounded(value);
      if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
        json.put(name, (long) rounded);
      } else {
        json.put(name, rounded);
      }
    }
    return this;
  }

  Fields count(String name, long value) {
    json.put(name, value);
    return this;
  }

  Fields instant(String name, long epochMillis) {
    if (epochMillis > 0) {
      json.put(name, epochMillis);
    }
    return this;
  }

  Fields truth(String name, boolean value) {
    json.put(name, value);
    return this;
  }

  Fields texts(String name, List<String> values) {
    ArrayNode array = json.putArray(name);
    values.forEach(value -> array.add(bounded(value)));
    return this;
  }

  Fields object(String name, Fields value) {
    json.set(name, value.json);
    return this;
  }

  /// The JSON so far.
  String text() {
    return json.toString();
  }

  static String bounded(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…";
  }

  static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double scale = Math.pow(10, DIGITS - Math.ceil(Math.log10(Math.abs(value))));
    return Double.isFinite(scale) && scale > 0 ? Math.round(value * scale) / scale : value;
  }
}
