package dev.weir.console.wire;

import dev.weir.console.model.Entity;
import java.util.List;
import java.util.regex.Pattern;

/// The fields of entities that move all the time and matter little half a minute later.
final class Figures {
  private static final List<String> NAMES =
      List.of(
          "arrivals",
          "connections",
          "cpu",
          "failed",
          "inFlight",
          "knownAt",
          "limit",
          "memory",
          "p50",
          "p99",
          "predicted",
          "queued",
          "refused",
          "scv",
          "serviceSeconds",
          "succeeded",
          "uptime",
          "usageAge",
          "usedCpus",
          "usedMemory",
          "utilisation",
          "workSeconds");

  /*
   * In JSON on one line, a quote after a comma or a brace opens a name: within a text it would be
   * escaped, and at the end of one no name follows.
   */
  private static final Pattern FIELD =
      Pattern.compile("([,{])\"(?:" + String.join("|", NAMES) + ")\":(?:-?[0-9][0-9.eE+-]*|null)");

  private Figures() {}

  /// Whether two states of a thing differ in more than such figures.
  static boolean differBeyond(Entity one, Entity other) {
    return !without(one.json()).equals(without(other.json()));
  }

  private static String without(String json) {
    return FIELD.matcher(json).replaceAll("$1");
  }
}
