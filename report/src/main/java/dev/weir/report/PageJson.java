package dev.weir.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, collections, arrays, numbers and texts as compact JSON: numbers have six
/// significant digits, more than a chart shows, and NaN is null.
///
/// The result is safe inside a script element: no text in it can end the element.
final class PageJson {
  private static final MathContext DIGITS = new MathContext(6);

  private final StringBuilder out = new StringBuilder();

  private PageJson() {}

  static String of(Object value) {
    var json = new PageJson();
    json.write(value);
    return json.out.toString();
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> writeMap(map);
      case Collection<?> items -> writeItems(items);
      case double[] numbers -> {
        out.append('[');
        for (int i = 0; i < numbers.length; i++) {
          separate(i);
          writeNumber(numbers[i]);
        }
        out.append(']');
      }
      case int[] numbers -> {
        out.append('[');
        for (int i = 0; i < numbers.length; i++) {
          separate(i);
          out.append(numbers[i]);
        }
        out.append(']');
      }
      case Double number -> writeNumber(number);
      case Integer number -> out.append(number.intValue());
      case Long number -> out.append(number.longValue());
      case Boolean bool -> out.append(bool.booleanValue());
      default -> writeText(value.toString());
    }
  }

  private void writeMap(Map<?, ?> map) {
    out.append('{');
    int index = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      separate(index++);
      writeText(String.valueOf(entry.getKey()));
      out.append(':');
      write(entry.getValue());
    }
    out.append('}');
  }

  private void writeItems(Collection<?> items) {
    out.append('[');
    Iterator<?> iterator = items.iterator();
    for (int i = 0; iterator.hasNext(); i++) {
      separate(i);
      write(iterator.next());
    }
    out.append(']');
  }

  private void separate(int index) {
    if (index > 0) {
      out.append(',');
    }
  }

  private void writeNumber(double number) {
    if (!Double.isFinite(number)) {
      out.append("null");
    } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      out.append((long) number);
    } else {
      out.append(new BigDecimal(number).round(DIGITS).stripTrailingZeros());
    }
  }

  private void writeText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
