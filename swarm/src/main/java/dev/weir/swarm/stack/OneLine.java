package dev.weir.swarm.stack;

/// Text from a file as it may stand in a message: on one line, and no longer than one reads.
final class OneLine {
  private static final int HEAD_LETTERS = 250;
  private static final int TAIL_LETTERS = 150;

  private OneLine() {}

  /// With line breaks and other control characters written as escapes, and the middle left out if
  /// it is long: the end says what is wrong.
  static String of(String text) {
    int from = text.length() - TAIL_LETTERS;
    return from <= HEAD_LETTERS
        ? escaped(text)
        : escaped(text.substring(0, HEAD_LETTERS)) + "…" + escaped(text.substring(from));
  }

  private static String escaped(String text) {
    var line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default ->
            line.append(
                isShown(letter) ? String.valueOf(letter) : "\\u%04x".formatted((int) letter));
      }
    }
    return line.toString();
  }

  private static boolean isShown(char letter) {
    return !Character.isISOControl(letter) && letter != '\u2028' && letter != '\u2029';
  }
}
