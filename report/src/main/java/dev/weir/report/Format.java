package dev.weir.report;

import java.util.Locale;

/// The kind of file a chart is written as.
public enum Format {
  /// Pixels: 1800 wide, drawn with the font that Weir ships.
  PNG,
  /// Vectors.
  SVG;

  /// The file name's ending, with its dot.
  String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
