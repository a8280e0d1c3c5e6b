package dev.weir.report;

import static dev.weir.report.output.PlotParts.map;

import dev.weir.report.SizingCurve.Point;
import dev.weir.report.output.Format;
import dev.weir.report.output.Painter;
import dev.weir.report.output.PlotParts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Draws a percentile of the response time against the number of replicas, with the promise as a
/// line.
public final class SizingChart {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 480;
  private static final String PREDICTED = "predicted";
  private static final String REPLAYED = "replayed";
  private static final String LEAST = "least that keeps the promise";
  private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};

  /// Beyond the outermost mark, as a factor.
  private static final double MARGIN = 1.15;

  /// How far above its line the label of the promise stands, as a part of the axis.
  private static final double LABEL_ABOVE = 0.015;

  private final SizingCurve curve;

  private SizingChart(SizingCurve curve) {
    this.curve = curve;
  }

  /// Writes the chart.
  public static Path write(Path file, SizingCurve curve, Format format) throws IOException {
    return Painter.paint(new SizingChart(curve).spec(), format, file);
  }

  /// The chart as an SVG element.
  static String svg(SizingCurve curve) {
    return Painter.svg(new SizingChart(curve).spec());
  }

  /// Lets-Plot's raw specification; it changes the maps while reading.
  private Map<String, Object> spec() {
    return map(
        Map.of(
            "kind",
            "plot",
            "ggtitle",
            map(Map.of("text", curve.title(), "subtitle", curve.subtitle())),
            "theme",
            map(
                Map.of(
                    "name",
                    "grey",
                    "legend_position",
                    "bottom",
                    "plot_margin",
                    map(Map.of("t", 10, "r", 16, "b", 8, "l", 8)))),
            "ggsize",
            map(Map.of("width", WIDTH, "height", HEIGHT)),
            "layers",
            layers(),
            "scales",
            scales()));
  }

  private List<Object> layers() {
    var layers = new ArrayList<Object>();
    curve
        .promiseSeconds()
        .ifPresent(seconds -> {
          layers.add(promiseLine(seconds));
          layers.add(promiseLabel(seconds));
        });
    layers.add(marks("line", curve.predicted(), PREDICTED, 0.9));
    layers.add(marks("point", curve.predicted(), PREDICTED, 3.0));
    if (!curve.replayed().isEmpty()) {
      layers.add(marks("point", curve.replayed(), REPLAYED, 4.0));
    }
    if (curve.least() > 0) {
      layers.add(
          marks(
              "point",
              curve.predicted().stream()
                  .filter(point -> point.replicas() == curve.least())
                  .toList(),
              LEAST,
              6.5));
    }
    return layers;
  }

  private static Object promiseLine(double seconds) {
    return map(
        Map.of(
            "geom",
            "hline",
            "yintercept",
            seconds,
            "color",
            "#cc3311",
            "linetype",
            "dashed",
            "size",
            1.0));
  }

  private Object promiseLabel(double seconds) {
    return map(
        Map.of(
            "geom",
            "text",
            "data",
            map(
                Map.of(
                    "x", list(points().mapToDouble(Point::replicas).max().orElse(1)),
                    "y", list(seconds * Math.pow(high() / low(), LABEL_ABOVE)),
                    "label", new ArrayList<Object>(List.of("promised")))),
            "mapping",
            map(Map.of("x", "x", "y", "y", "label", "label")),
            "hjust",
            1.0,
            "vjust",
            0.0,
            "color",
            "#cc3311"));
  }

  private static Object marks(String geom, List<Point> points, String what, double size) {
    List<Object> names = new ArrayList<>(points.stream().<Object>map(_ -> what).toList());
    return map(
        Map.of(
            "geom",
            geom,
            "data",
            map(
                Map.of(
                    "replicas", list(points.stream().mapToDouble(Point::replicas).toArray()),
                    "seconds", list(points.stream().mapToDouble(Point::seconds).toArray()),
                    "what", names)),
            "mapping",
            map(Map.of("x", "replicas", "y", "seconds", "color", "what", "shape", "what")),
            "size",
            size,
            "stroke",
            1.6));
  }

  private List<Object> scales() {
    var kinds = new ArrayList<>(List.of(PREDICTED));
    var colors = new ArrayList<Object>(List.of("#0b63b5"));
    var shapes = new ArrayList<Object>(List.of(16));
    if (curve.least() > 0) {
      kinds.add(LEAST);
      colors.add("#0b63b5");
      shapes.add(1);
    }
    if (!curve.replayed().isEmpty()) {
      kinds.add(REPLAYED);
      colors.add("#555555");
      shapes.add(4);
    }
    double low = low();
    double high = high();
    List<Object> breaks = breaks(low, high);
    List<Integer> replicas = replicas();
    return new ArrayList<>(
        List.of(
            map(
                Map.of(
                    "aesthetic",
                    "x",
                    "name",
                    "replicas",
                    "breaks",
                    list(replicas.stream().mapToDouble(k -> k).toArray()),
                    "labels",
                    new ArrayList<>(replicas.stream().<Object>map(String::valueOf).toList()))),
            map(
                Map.of(
                    "aesthetic",
                    "y",
                    "name",
                    curve.percentile() + " of the response time (log scale)",
                    "trans",
                    "log10",
                    "limits",
                    list(low, high),
                    "breaks",
                    breaks,
                    "labels",
                    new ArrayList<>(breaks.stream().<Object>map(SizingChart::label).toList()))),
            PlotParts.manual("color", kinds, colors),
            PlotParts.manual("shape", kinds, shapes)));
  }

  private double low() {
    return seconds().min().orElse(1) / MARGIN;
  }

  private double high() {
    return seconds().max().orElse(1) * MARGIN;
  }

  private List<Integer> replicas() {
    return points().map(Point::replicas).distinct().sorted().toList();
  }

  private Stream<Point> points() {
    return Stream.concat(curve.predicted().stream(), curve.replayed().stream());
  }

  private DoubleStream seconds() {
    return DoubleStream.concat(
        curve.promiseSeconds().stream(), points().mapToDouble(Point::seconds));
  }

  /// 1, 2 and 5 times powers of ten between the bounds.
  private static List<Object> breaks(double low, double high) {
    var breaks = new ArrayList<Object>();
    for (int power = -6; power <= 6; power++) {
      for (double step : STEPS) {
        double at = step * Math.pow(10, power);
        if (at >= low && at <= high) {
          breaks.add(at);
        }
      }
    }
    return breaks;
  }

  private static String label(Object seconds) {
    double value = (Double) seconds;
    return value < .9995 ? plain(value * 1e3) + " ms" : plain(value) + " s";
  }

  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static List<Object> list(double... values) {
    return new ArrayList<>(DoubleStream.of(values).<Object>mapToObj(x -> x).toList());
  }
}
