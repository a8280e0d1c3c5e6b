package dev.weir.report.compare;

import dev.weir.report.output.Format;
import dev.weir.report.output.Output;
import dev.weir.report.output.Painter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Draws a comparison: one chart as PNG and SVG, and one page that holds everything.
public final class CompareReport {
  private static final String NAME = "compare";

  private CompareReport() {}

  /// Writes `compare.png`, `compare.svg` and `compare.html` into `folder`.
  ///
  /// @return the files, the page last
  public static List<Path> write(Path folder, CompareStory story) throws IOException {
    Output.createFolders(folder);
    Path png = folder.resolve(NAME + ".png");
    Path svg = folder.resolve(NAME + ".svg");
    Path page = folder.resolve(NAME + ".html");
    Painter.paint(new CompareChart(story).spec(), Format.PNG, png);
    Painter.paint(new CompareChart(story).spec(), Format.SVG, svg);
    Output.write(page, new ComparePage(story, Painter.svg(new CompareChart(story).spec())).html());
    return List.of(png, svg, page);
  }
}
