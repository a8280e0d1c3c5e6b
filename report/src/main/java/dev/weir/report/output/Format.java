package dev.weir.report.output;

import java.util.Locale;

/// The kind of file a chart is written as.
public enum Format {
  /// Pixels: 1800 wide, drawn with the font that Weir ships.
  PNG,
  /// Vectors.
  SVG;

  /// The file name's ending, with its dot.
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
