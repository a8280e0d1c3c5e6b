package dev.weir.cli.option;

import dev.weir.base.UserError;
import dev.weir.report.output.Format;
import java.io.IOException;
import java.nio.file.Path;

/// The file of `--chart`, whose name says which kind of picture it gets.
public final class ChartFile {
  private ChartFile() {}

  /// The kind of picture that a name asks for. A command checks it before it works for long.
  ///
  /// @throws UserError if it asks for none that can be written
  public static Format format(Path file) {
    return Format.of(file)
        .orElseThrow(() ->
            new UserError(
                "--chart: %s (expected: a file that ends in .png or .svg)".formatted(file)));
  }

  /// Writes a chart.
  ///
  /// @throws UserError if the file cannot be written
  public static void write(Path file, Drawing drawing) {
    try {
      drawing.write(file, format(file));
    } catch (IOException e) {
      throw new UserError(
          "--chart: %s (expected: a file that can be written; %s)".formatted(file, e), e);
    }
  }

  /// A chart that can be written.
  @FunctionalInterface
  public interface Drawing {
    /// Writes it to `file`.
    void write(Path file, Format format) throws IOException;
  }
}
