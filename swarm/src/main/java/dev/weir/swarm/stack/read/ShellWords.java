package dev.weir.swarm.stack.read;

import java.util.ArrayList;
import java.util.List;

/// Splits a command line into words. Blanks separate; single quotes keep everything; double quotes
/// and bare text use backslashes; `#` at the start of a word begins a comment.
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException if a quote is left open
  static List<String> split(String text) {
    var splitter = new ShellWords(text);
    while (splitter.toWord()) {
      splitter.words.add(splitter.word());
    }
    return splitter.words;
  }

  private boolean toWord() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (!isBlank(next)) {
        return true;
      } else {
        at++;
      }
    }
    return false;
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < text.length() && !isBlank(text.charAt(at))) {
      char next = text.charAt(at++);
      switch (next) {
        case '\'' -> singleQuoted(word);
        case '"' -> doubleQuoted(word);
        case '\\' -> word.append(escaped());
        default -> word.append(next);
      }
    }
    return word.toString();
  }

  private void singleQuoted(StringBuilder word) {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new IllegalArgumentException("a single quote is left open");
    }
    word.append(text, at, end);
    at = end + 1;
  }

  private void doubleQuoted(StringBuilder word) {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        return;
      }
      word.append(next == '\\' ? escaped() : next);
    }
    throw new IllegalArgumentException("a double quote is left open");
  }

  private char escaped() {
    if (at == text.length()) {
      throw new IllegalArgumentException("nothing follows the last backslash");
    }
    return text.charAt(at++);
  }

  private static boolean isBlank(char next) {
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
  }
}
