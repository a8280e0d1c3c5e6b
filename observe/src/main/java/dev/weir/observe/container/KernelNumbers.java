package dev.weir.observe.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Numbers in the kernel's small text files.
final class KernelNumbers {
  private KernelNumbers() {}

  static String text(Path file) throws IOException {
    // In one read: these files have no size, and a second read could mix two states.
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /// A file's only number; `otherwise` if it is not a number ("max") or the file does not exist.
  static long only(Path file, long otherwise) {
    try {
      return number(text(file).strip(), otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  /// The number after `key` on the line that begins with it, or `otherwise`.
  static long after(String text, String key, long otherwise) {
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int lineEnd = end < 0 ? text.length() : end;
      if (text.startsWith(key, from)
          && from + key.length() < lineEnd
          && text.charAt(from + key.length()) == ' ') {
        return number(text.substring(from + key.length() + 1, lineEnd).strip(), otherwise);
      }
      from = lineEnd + 1;
    }
    return otherwise;
  }

  static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
