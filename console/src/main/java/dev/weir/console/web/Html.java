package dev.weir.console.web;

/// Text as HTML, whoever wrote it.
final class Html {
  private Html() {}

  /// Shows `text` as it is, in elements and in quoted attributes.
  static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return out.toString();
  }
}
