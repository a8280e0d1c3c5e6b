package dev.weir.report.output;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kind of file a chart is written as.
public enum Format {
  /// Pixels: 1800 wide, drawn with the font that Weir ships.
  PNG,
  /// Vectors.
  SVG;

  /// The kind that a file's name ends in, in capitals or not; empty if it ends otherwise.
  public static Optional<Format> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> name.endsWith(format.ending())).findFirst();
  }

  /// The file name's ending, with its dot.
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
