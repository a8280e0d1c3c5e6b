package dev.weir.report.output;

import dev.weir.base.Visible;

/// Characters that XML 1.0 can hold. Names of containers may have any character, but most control
/// characters are not allowed in a document, so they are escaped.
final class Xml {
  private static final char REPLACEMENT = '\ufffd';

  private Xml() {}

  /// A document with its control characters visible, and without unpaired surrogates.
  static String clean(String document) {
    String visible = Visible.of(document);
    for (int i = 0; i < visible.length(); i++) {
      if (!isHeld(visible, i)) {
        return replaced(visible);
      }
    }
    return visible;
  }

  private static String replaced(String text) {
    var held = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      held.append(isHeld(text, i) ? text.charAt(i) : REPLACEMENT);
    }
    return held.toString();
  }

  private static boolean isHeld(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c < '\ufffe';
  }
}
