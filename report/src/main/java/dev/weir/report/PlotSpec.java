package dev.weir.report;

import static dev.weir.report.output.PlotParts.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Describes a usage chart in ggplot2's grammar.
///
/// The maps are Lets-Plot's raw specification. Lets-Plot changes them while reading, so they must
/// be mutable copies.
///
/// @param subtitle the run's name
/// @param timeAxis the name of the time axis
/// @param metric the metric to show
/// @param colours by container
record PlotSpec(String subtitle, String timeAxis, Metric metric, Map<String, String> colours) {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 560;
  private static final int LEGEND_ROWS_MAX = 20;
  private static final double LEGEND_KEY_WIDTH = 45;
  private static final double LETTER_WIDTH = 7.5;

  private static final String TIME = "time";
  private static final String VALUE = "value";
  private static final String CONTAINER = "Container";
  private static final String PIECE = "piece";

  /// The specification of a chart of some containers, titled with one name.
  Map<String, Object> of(String name, List<Series> containers) {
    var lines = new Columns();
    var points = new Columns();
    containers.forEach(series -> split(series, lines, points));
    return map(
        Map.of(
            "kind", "plot",
            "ggtitle", map(Map.of("text", "Total Usage of " + name, "subtitle", subtitle)),
            "theme", map(Map.of("name", "grey", "plot_margin", margin())),
            "mapping", map(Map.of("x", TIME, "y", VALUE, "color", CONTAINER)),
            "ggsize", map(Map.of("width", width(containers), "height", HEIGHT)),
            "layers", layers(lines, points),
            "scales", scales(containers)));
  }

  /// A long legend gets further columns, and the chart widens by them.
  private static double width(List<Series> containers) {
    int longest = containers.stream().mapToInt(series -> series.name().length()).max().orElse(0);
    double column = LEGEND_KEY_WIDTH + Math.min(longest, 60) * LETTER_WIDTH;
    return WIDTH + (legendColumns(containers.size()) - 1) * column;
  }

  private static int legendColumns(int names) {
    return Math.max(1, (names + LEGEND_ROWS_MAX - 1) / LEGEND_ROWS_MAX);
  }

  /// Top, right, bottom, left.
  private static Map<String, Object> margin() {
    return map(Map.of("t", 10, "r", 10, "b", 8, "l", 8));
  }

  private static List<Object> layers(Columns lines, Columns points) {
    var layers = new ArrayList<>();
    layers.add(
        map(
            Map.of(
                "geom",
                "line",
                "size",
                0.8,
                "data",
                lines.table(),
                "mapping",
                map(Map.of("group", PIECE)))));
    if (!points.times.isEmpty()) {
      layers.add(
          map(Map.of("geom", "point", "size", 1.6, "data", points.table(), "show_legend", false)));
    }
    return layers;
  }

  private List<Object> scales(List<Series> containers) {
    List<Object> names = new ArrayList<>(containers.stream().map(Series::name).toList());
    List<Object> values =
        new ArrayList<>(names.stream().map(name -> (Object) colours.get(name)).toList());
    var fromZero = new ArrayList<@Nullable Object>();
    fromZero.add(0.0);
    fromZero.add(null);
    return new ArrayList<>(
        List.of(
            map(Map.of("aesthetic", "x", "name", timeAxis)),
            map(Map.of("aesthetic", "y", "name", metric.axisTitle(), "limits", fromZero)),
            map(
                Map.of(
                    "aesthetic",
                    "color",
                    "values",
                    values,
                    "limits",
                    names,
                    "guide",
                    map(Map.of("name", "legend", "ncol", legendColumns(names.size())))))));
  }

  /// Splits a series at its breaks. A piece of one point becomes a dot.
  private static void split(Series series, Columns lines, Columns points) {
    int from = 0;
    for (int i = 0; i <= series.size(); i++) {
      if (i == series.size() || Double.isNaN(series.value(i))) {
        (i - from == 1 ? points : lines).add(series, from, i);
        from = i + 1;
      }
    }
  }

  /// The columns of a data frame.
  private static final class Columns {
    private final List<Object> times = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final List<Object> names = new ArrayList<>();
    private final List<Object> pieces = new ArrayList<>();

    void add(Series series, int from, int to) {
      for (int i = from; i < to; i++) {
        times.add(series.second(i));
        values.add(series.value(i));
        names.add(series.name());
        pieces.add(series.name() + "\0" + from);
      }
    }

    Map<String, Object> table() {
      return map(Map.of(TIME, times, VALUE, values, CONTAINER, names, PIECE, pieces));
    }
  }
}
