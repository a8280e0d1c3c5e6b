package dev.weir.report;

import dev.weir.report.output.Format;
import dev.weir.report.output.Output;
import dev.weir.report.output.Painter;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Charts of the containers' usage: one file per container and one with all of them.
public final class Charts {
  /// A chart is 900 units wide: more points than this only cost time.
  private static final int POINTS_MAX = 700;

  /// Points of a chart of all containers together.
  private static final int POINTS_TOGETHER_MAX = 12_000;

  /// Containers in a chart of all of them.
  private static final int TOGETHER_MAX = 60;

  /// The longest part of a file name that comes from a run or container.
  private static final int NAME_LENGTH_MAX = 80;

  private static final String ALL = "all";

  private Charts() {}

  /// Writes `<run>_<metric>_<container>` files into `folder`, which is created if needed, and one
  /// for "all".
  ///
  /// @return the files, the one with all containers last; none if the run has no samples
  public static List<Path> write(Path folder, RunRecord run, Metric metric, Format format)
      throws IOException {
    List<Series> all =
        UsageSeries.of(run, metric).stream().map(series -> series.thinned(POINTS_MAX)).toList();
    if (all.isEmpty()) {
      return List.of();
    }
    Output.createFolders(folder);
    String prefix = safe(run.info().id()) + "_" + metric.word() + "_";
    var taken = new HashSet<String>();
    var drawings = new ArrayList<Drawing>();
    ShownNames names = ShownNames.of(run);
    var shown = new ArrayList<Series>();
    for (Series series : all) {
      shown.add(series.named(names.of(series.name())));
      Path file = folder.resolve(prefix + unused(safe(series.name()), taken) + format.ending());
      drawings.add(new Drawing(file, series.name(), List.of(shown.getLast())));
    }
    Path together = folder.resolve(prefix + unused(ALL, taken) + format.ending());
    drawings.add(together(together, shown));
    Map<String, String> colours = Palette.of(shown.stream().map(Series::name).toList());
    draw(drawings, new PlotSpec(run.info().id(), Clock.axis(run), metric, colours), format);
    return drawings.stream().map(Drawing::file).toList();
  }

  /// All containers in one chart, or only as many as readers can distinguish: those with the most
  /// usage.
  private static Drawing together(Path file, List<Series> all) {
    int pointsMax = POINTS_TOGETHER_MAX / Math.min(all.size(), TOGETHER_MAX);
    List<Series> drawn =
        all.stream()
            .sorted(Comparator.comparingDouble(series -> -series.maximum()))
            .limit(TOGETHER_MAX)
            .sorted(Comparator.comparing(Series::name, NaturalOrder.NAMES))
            .map(series -> series.thinned(pointsMax))
            .toList();
    String name =
        drawn.size() == all.size()
            ? "all containers"
            : "the %d busiest of %d containers".formatted(drawn.size(), all.size());
    return new Drawing(file, name, drawn);
  }

  /// One thread per processor: drawing only computes.
  private static void draw(List<Drawing> drawings, PlotSpec spec, Format format)
      throws IOException {
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var tasks = new ArrayList<Callable<Path>>();
      for (Drawing drawing : drawings) {
        tasks.add(() -> Painter.paint(spec.of(drawing.name, drawing.series), format, drawing.file));
      }
      for (Future<Path> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while drawing charts", e);
    } catch (ExecutionException e) {
      throw new IOException("a chart could not be drawn: " + e.getCause(), e);
    }
  }

  /// A name as part of a file name: letters, digits, dot, dash and underscore; no leading dot.
  static String safe(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+", "");
    String bounded = plain.substring(0, Math.min(plain.length(), NAME_LENGTH_MAX));
    return bounded.isEmpty() ? "unnamed" : bounded;
  }

  /// Appends a number if two names became equal.
  private static String unused(String name, Set<String> taken) {
    String unused = name;
    for (int i = 2; !taken.add(unused); i++) {
      unused = name + "-" + i;
    }
    return unused;
  }

  /// A chart to be drawn into a file.
  private record Drawing(Path file, String name, List<Series> series) {}
}
