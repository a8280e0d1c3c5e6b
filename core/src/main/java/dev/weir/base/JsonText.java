package dev.weir.base;

import java.util.Iterator;
import java.util.Map;

/// Writes maps, lists, strings, numbers and booleans as JSON, which is all that a status page
/// needs.
public final class JsonText {
  private JsonText() {}

  /// One line, with its end.
  public static String of(Object value) {
    var out = new StringBuilder();
    write(out, value);
    return out.append('\n').toString();
  }

  private static void write(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        out.append('{');
        var entries = map.entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          string(out, String.valueOf(entry.getKey()));
          out.append(':');
          write(out, entry.getValue());
          out.append(entries.hasNext() ? "," : "");
        }
        out.append('}');
      }
      case Iterable<?> list -> {
        out.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
          write(out, items.next());
          out.append(items.hasNext() ? "," : "");
        }
        out.append(']');
      }
      // JSON knows no NaN: what is not known yet is null.
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> string(out, String.valueOf(value));
    }
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
