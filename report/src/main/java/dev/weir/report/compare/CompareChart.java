package dev.weir.report.compare;

import static dev.weir.report.output.PlotParts.map;

import dev.weir.report.output.PlotParts;
import dev.weir.stats.Comparison;
import dev.weir.stats.Ratio;
import dev.weir.stats.VariantResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Draws every variant's latency as a ratio to the baseline's: a dot per round, the mean with its
/// interval, the prediction, and in the background the baseline's ratio to itself.
final class CompareChart {
  private static final double WIDTH = 900;
  private static final double ROW_HEIGHT = 62;
  private static final double FRAME_HEIGHT = 185;
  private static final double[] BREAKS = {
    .01, .02, .05, .1, .2, .5, .7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000
  };

  /// Beyond the outermost mark, as a factor.
  private static final double MARGIN = 1.12;

  private static final String ROUND =
      "one round\u2003"; // a wide space: the legend sets its keys close
  private static final String MEAN = "mean, 95 % interval\u2003";
  private static final String PREDICTED = "simulated";
  private static final int SUBTITLE_LETTERS = 96;
  private static final String FLOOR = "baseline against itself";

  private final CompareStory story;
  private final Comparison comparison;

  CompareChart(CompareStory story) {
    this.story = story;
    this.comparison = story.comparison();
  }

  /// Breaks text into lines that fit the chart, after commas and semicolons.
  static String wrapped(String text) {
    var lines = new StringBuilder();
    int length = 0;
    for (String part : text.split("(?<=[,;]) ", -1)) {
      boolean fits = length > 0 && length + part.length() < SUBTITLE_LETTERS;
      boolean broken = !fits || lines.charAt(lines.length() - 1) == ';';
      lines.append(lines.isEmpty() ? "" : broken ? "\n" : " ").append(part);
      length = broken ? part.length() : length + 1 + part.length();
    }
    return lines.toString();
  }

  /// Lets-Plot's raw specification; it changes the maps while reading.
  Map<String, Object> spec() {
    return map(
        Map.of(
            "kind", "plot",
            "ggtitle", map(Map.of("text", heading(), "subtitle", wrapped(story.subject()))),
            "theme",
                map(
                    Map.of(
                        "name",
                        "grey",
                        "legend_position",
                        "bottom",
                        "axis_text_x",
                        map(Map.of("name", "text", "angle", 0.0)),
                        "plot_margin",
                        map(Map.of("t", 10, "r", 16, "b", 8, "l", 8)))),
            "ggsize",
                map(
                    Map.of(
                        "width",
                        WIDTH,
                        "height",
                        FRAME_HEIGHT + ROW_HEIGHT * comparison.results().size())),
            "layers", layers(),
            "scales", scales()));
  }

  private String heading() {
    return "%s next to %s's, in the same round"
        .formatted(comparison.measure().label(), comparison.baseline().variant());
  }

  private List<Object> layers() {
    var layers = new ArrayList<Object>();
    comparison.noiseFloor().filter(Ratio::hasInterval).ifPresent(floor -> layers.add(band(floor)));
    layers.add(
        map(Map.of("geom", "vline", "xintercept", 1.0, "color", "#444444", "linetype", "dashed")));
    layers.add(bars());
    layers.add(points());
    return layers;
  }

  private Object band(Ratio floor) {
    return map(
        Map.of(
            "geom",
            "rect",
            "data",
            map(
                Map.of(
                    "xmin", list(floor.low()),
                    "xmax", list(floor.high()),
                    "ymin", list(.5),
                    "ymax", list(comparison.results().size() + .5),
                    "what", new ArrayList<Object>(List.of(FLOOR)))),
            "mapping",
            map(
                Map.of(
                    "xmin", "xmin", "xmax", "xmax", "ymin", "ymin", "ymax", "ymax", "fill",
                    "what")),
            "alpha",
            0.45,
            "size",
            0.0));
  }

  /// The intervals, where there are any; the baseline is 1 by definition.
  private Object bars() {
    var low = new ArrayList<Object>();
    var high = new ArrayList<Object>();
    var rows = new ArrayList<Object>();
    for (int i = 1; i < comparison.results().size(); i++) {
      Ratio ratio = ratio(comparison.results().get(i));
      if (ratio.hasInterval()) {
        low.add(ratio.low());
        high.add(ratio.high());
        rows.add(row(i));
      }
    }
    return map(
        Map.of(
            "geom",
            "segment",
            "data",
            map(Map.of("low", low, "high", high, "row", rows)),
            "mapping",
            map(Map.of("x", "low", "xend", "high", "y", "row", "yend", "row")),
            "size",
            1.4,
            "color",
            "#0b63b5"));
  }

  private Object points() {
    var marks = new Marks();
    for (int i = 0; i < comparison.results().size(); i++) {
      VariantResult one = comparison.results().get(i);
      Ratio ratio = ratio(one);
      if (i > 0) {
        List<Double> rounds = ratio.rounds();
        for (int j = 0; j < rounds.size(); j++) {
          marks.add(rounds.get(j), row(i) + .2 + .03 * (j % 4), ROUND);
        }
      }
      marks.add(ratio.mean(), row(i), MEAN);
      Double predicted = story.predicted().get(one.variant());
      if (predicted != null && i > 0) {
        marks.add(predicted, row(i) - .24, PREDICTED);
      }
    }
    return map(
        Map.of(
            "geom",
            "point",
            "data",
            map(Map.of("ratio", marks.ratios, "row", marks.rows, "what", marks.what)),
            "mapping",
            map(Map.of("x", "ratio", "y", "row", "shape", "what", "color", "what", "size", "what")),
            "stroke",
            1.6));
  }

  private List<Object> scales() {
    List<String> kinds =
        story.predicted().isEmpty() ? List.of(ROUND, MEAN) : List.of(ROUND, MEAN, PREDICTED);
    List<Object> names = comparison.results().stream().<Object>map(VariantResult::variant).toList();
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      rows.add(row(i));
    }
    var scales = new ArrayList<Object>();
    scales.add(
        map(
            Map.of(
                "aesthetic",
                "x",
                "name",
                "times %s's %s (log scale; left is better)"
                    .formatted(comparison.baseline().variant(), comparison.measure().label()),
                "limits",
                list(extreme(true), extreme(false)),
                "trans",
                "log10",
                "breaks",
                breaks(),
                "labels",
                new ArrayList<>(breaks().stream().<Object>map(CompareChart::label).toList()))));
    scales.add(
        map(
            Map.of(
                "aesthetic",
                "y",
                "name",
                "",
                "breaks",
                rows,
                "labels",
                new ArrayList<>(names),
                "limits",
                list(.5, names.size() + .5),
                "expand",
                list(0.0, 0.0))));
    scales.add(PlotParts.manual("shape", kinds, List.of(16, 18, 5)));
    scales.add(PlotParts.manual("color", kinds, List.of("#555555", "#0b63b5", "#cc3311")));
    scales.add(PlotParts.manual("size", kinds, List.of(2.6, 6.0, 4.0)));
    scales.add(PlotParts.manual("fill", List.of(FLOOR), List.of("#9ecae1")));
    return scales;
  }

  /// The round numbers between the least and the greatest that is drawn.
  private List<Object> breaks() {
    double least = extreme(true);
    double most = extreme(false);
    return new ArrayList<>(
        DoubleStream.of(BREAKS)
            .filter(x -> x == 1 || (x >= least && x <= most))
            .<Object>mapToObj(x -> x)
            .toList());
  }

  /// A little beyond all drawn values, including 1.
  private double extreme(boolean least) {
    DoubleStream drawn =
        comparison.results().stream()
            .skip(1)
            .flatMap(one ->
                Stream.of(
                        List.of(ratio(one).low(), ratio(one).high(), ratio(one).mean(), 1.0),
                        ratio(one).rounds(),
                        Stream.ofNullable(story.predicted().get(one.variant())).toList())
                    .flatMap(List::stream))
            .mapToDouble(x -> x)
            .filter(x -> x > 0 && Double.isFinite(x));
    return least ? drawn.min().orElse(1) / MARGIN : drawn.max().orElse(1) * MARGIN;
  }

  private static String label(Object ratio) {
    String text = String.valueOf(ratio);
    return "x" + (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
  }

  private Ratio ratio(VariantResult one) {
    return one.ratio(comparison.measure());
  }

  /// From the top.
  private double row(int index) {
    return comparison.results().size() - index;
  }

  private static List<Object> list(double... values) {
    return new ArrayList<>(DoubleStream.of(values).<Object>mapToObj(x -> x).toList());
  }

  /// Columns of the dots.
  private static final class Marks {
    private final List<Object> ratios = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();
    private final List<Object> what = new ArrayList<>();

    void add(double ratio, double row, String kind) {
      if (ratio > 0 && Double.isFinite(ratio)) {
        ratios.add(ratio);
        rows.add(row);
        what.add(kind);
      }
    }
  }
}
