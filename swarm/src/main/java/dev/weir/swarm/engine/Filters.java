package dev.weir.swarm.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Filters of a listing, in the Engine's form: several values of one name are alternatives; several
/// names must all match.
public final class Filters {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Filters() {}

  /// A filter by one value.
  public static Filters of(String name, String value) {
    return new Filters().and(name, value);
  }

  /// No filter yet.
  public static Filters none() {
    return new Filters();
  }

  /// Adds a filter: another name narrows the result, another value of the same name widens it.
  public Filters and(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    return this;
  }

  /// As the parameters of a request.
  public Map<String, String> query() {
    return values.isEmpty() ? Map.of() : Map.of("filters", toString());
  }

  /// As JSON, such as `{"name":["web"]}`.
  @Override
  public String toString() {
    ObjectNode node = EngineJson.object();
    values.forEach((name, list) -> list.forEach(node.withArrayProperty(name)::add));
    return node.toString();
  }
}
