package dev.weir.report.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parts of a Lets-Plot specification that several charts have.
public final class PlotParts {
  private PlotParts() {}

  /// A map that Lets-Plot may change while it reads.
  public static Map<String, Object> map(Map<String, Object> entries) {
    return new HashMap<>(entries);
  }

  /// A scale that gives each kind a value by hand.
  public static Object manual(String aesthetic, List<String> kinds, List<Object> values) {
    return map(
        Map.of(
            "aesthetic", aesthetic,
            "name", "",
            "limits", new ArrayList<Object>(kinds),
            "breaks", new ArrayList<Object>(kinds),
            "values", new ArrayList<>(values.subList(0, kinds.size()))));
  }
}
