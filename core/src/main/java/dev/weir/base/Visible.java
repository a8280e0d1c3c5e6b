package dev.weir.base;

/// Foreign text in a form that cannot steer a terminal: each control character becomes an escape
/// such as `\u001b`, which a JSON reader turns back.
///
/// Controls are all of C0 but newline and tab, DEL, C1, the marks that change the direction of
/// text, and the separators of lines and paragraphs.
public final class Visible {
  private static final int HEAD_LETTERS = 250;
  private static final int TAIL_LETTERS = 150;

  private Visible() {}

  /// The same text, with its controls visible.
  public static String of(String text) {
    int first = first(text);
    if (first < 0) {
      return text;
    }
    var visible = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        visible.append(escaped(c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  /// The same text on one line: newlines and tabs are made visible too.
  public static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  /// The same text on one line of at most about 400 letters. A longer text loses its middle,
  /// because its end often says what is wrong.
  public static String shortLine(String text) {
    int from = text.length() - TAIL_LETTERS;
    return from <= HEAD_LETTERS
        ? line(text)
        : line(text.substring(0, HEAD_LETTERS)) + "…" + line(text.substring(from));
  }

  /// Whether a character is written as [#escaped].
  public static boolean isControl(char c) {
    return (c < ' ' && c != '\n' && c != '\t')
        || (c >= '\u007f' && c <= '\u009f')
        || c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /// Such as `\u001b`.
  public static String escaped(char c) {
    return "\\u%04x".formatted((int) c);
  }

  private static int first(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }
}
