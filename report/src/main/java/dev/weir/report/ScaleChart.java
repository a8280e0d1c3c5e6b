package dev.weir.report;

import static dev.weir.report.output.PlotParts.map;

import dev.weir.report.output.Format;
import dev.weir.report.output.Painter;
import dev.weir.run.ReplicaCounts;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Draws what rules of autoscaling do: arrivals, replicas and response times on one axis of time.
///
/// @param title what was played
/// @param subtitle under which conditions
/// @param promise the latency to keep
/// @param arrivals arrivals per second
/// @param replicas replicas, by rule
/// @param percentiles the promised percentile in seconds, by rule
public record ScaleChart(
    String title,
    String subtitle,
    Promise promise,
    List<Line> arrivals,
    List<Line> replicas,
    List<Line> percentiles) {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 720;

  /// Beyond so many promises a response time is just very late, and would flatten all others.
  private static final double CUT = 3;

  private static final String PANEL = "panel";
  private static final String RULE = "rule";
  private static final String ARRIVALS = "arrivals/s";
  private static final String REPLICAS = "replicas";
  private static final String GREY = "#555555";

  /// Values over time.
  ///
  /// @param name what they are of
  /// @param seconds the instants
  /// @param values one for each; NaN for none
  public record Line(String name, List<Double> seconds, List<Double> values) {}

  /// Of recorded runs under the same arrivals.
  ///
  /// @param runs by rule; those without counts of replicas are left out
  /// @param windowSeconds in which arrivals and percentiles are taken
  public static ScaleChart of(
      String title,
      String subtitle,
      Promise promise,
      Map<String, RunRecord> runs,
      double windowSeconds) {
    var arrivals = new ArrayList<Line>();
    var replicas = new ArrayList<Line>();
    var percentiles = new ArrayList<Line>();
    runs.forEach((rule, run) ->
        RunScaling.of(run)
            .ifPresent(scaling -> {
              if (arrivals.isEmpty()) {
                arrivals.add(scaling.arrivals("arrivals", windowSeconds));
              }
              replicas.add(scaling.replicas(rule, ReplicaCounts::desired));
              percentiles.add(scaling.percentiles(rule, windowSeconds));
            }));
    return new ScaleChart(title, subtitle, promise, arrivals, replicas, percentiles);
  }

  /// Writes the chart.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path file, Format format) throws IOException {
    Painter.paint(spec(), format, file);
  }

  private String percentilePanel() {
    return "%s in s, cut at %s"
        .formatted(
            promise.text().replaceFirst("<.*", ""),
            BigDecimal.valueOf(CUT)
                .multiply(BigDecimal.valueOf(promise.seconds()))
                .stripTrailingZeros()
                .toPlainString());
  }

  private Map<String, Object> spec() {
    return map(
        Map.of(
            "kind", "plot",
            "ggtitle", map(Map.of("text", title, "subtitle", subtitle)),
            "theme",
                map(
                    Map.of(
                        "name",
                        "grey",
                        "plot_margin",
                        map(Map.of("t", 10, "r", 16, "b", 8, "l", 8)))),
            "ggsize", map(Map.of("width", WIDTH, "height", HEIGHT)),
            "facet", facet(),
            "layers", new ArrayList<Object>(List.of(lines(), bound())),
            "scales", scales()));
  }

  private Map<String, Object> facet() {
    return map(Map.of("name", "grid", "y", PANEL, "scales", "free_y", "y_order", 0, "x_order", 0));
  }

  private Object lines() {
    var columns = new Columns();
    arrivals.forEach(line -> columns.add(line, ARRIVALS, Double.POSITIVE_INFINITY));
    replicas.forEach(line -> columns.add(line, REPLICAS, Double.POSITIVE_INFINITY));
    double most = CUT * promise.seconds();
    percentiles.forEach(line -> columns.add(line, percentilePanel(), most));
    return map(
        Map.of(
            "geom",
            "line",
            "size",
            0.9,
            "data",
            columns.table(),
            "mapping",
            map(Map.of("x", "minute", "y", "value", "color", RULE))));
  }

  /// The promise, in its panel alone.
  private Object bound() {
    return map(
        Map.of(
            "geom", "hline",
            "data",
                map(
                    Map.of(
                        "promised",
                        new ArrayList<Object>(List.of(promise.seconds())),
                        PANEL,
                        new ArrayList<Object>(List.of(percentilePanel())))),
            "mapping", map(Map.of("yintercept", "promised")),
            "color", "#444444",
            "linetype", "dashed"));
  }

  private List<Object> scales() {
    List<Object> names =
        new ArrayList<>(
            Stream.concat(arrivals.stream(), replicas.stream()).<Object>map(Line::name).toList());
    Map<String, String> colours = Palette.of(replicas.stream().map(Line::name).toList());
    List<Object> values =
        new ArrayList<>(
            names.stream().<Object>map(name -> colours.getOrDefault(name, GREY)).toList());
    return new ArrayList<>(
        List.of(
            map(Map.of("aesthetic", "x", "name", "minutes")),
            map(Map.of("aesthetic", "y", "name", "")),
            map(Map.of("aesthetic", "color", "name", "", "values", values, "limits", names))));
  }

  /// The columns of a data frame.
  private static final class Columns {
    private final List<Object> minutes = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final List<Object> rules = new ArrayList<>();
    private final List<Object> panels = new ArrayList<>();

    void add(Line line, String panel, double most) {
      for (int i = 0; i < line.seconds.size(); i++) {
        double value = line.values.get(i);
        if (!Double.isNaN(value)) {
          minutes.add(line.seconds.get(i) / 60);
          values.add(Math.min(most, value));
          rules.add(line.name);
          panels.add(panel);
        }
      }
    }

    Map<String, Object> table() {
      return map(Map.of("minute", minutes, "value", values, RULE, rules, PANEL, panels));
    }
  }
}
