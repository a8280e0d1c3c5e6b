package dev.weir.report.output;

import dev.weir.base.Visible;

/// Text as part of a page: any text of a run stays text, with its control characters visible.
public final class Html {
  private Html() {}

  /// Safe between tags and in quoted attributes.
  public static String escape(String text) {
    String visible = Visible.of(text);
    var escaped = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
