package dev.weir.store.folder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a file of lines, of which the last may be torn, and records every malformed line.
///
/// A last line without its newline was being written when the writer was killed. It is silently
/// left out, even if it looks whole: a number may lack its last digits.
final class LineFile {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final int PROBLEMS_MAX = 10;

  private final Path path;
  private final List<String> problems = new ArrayList<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private boolean tooLong;
  private long number;
  private long damaged;

  private LineFile(Path path) {
    this.path = path;
  }

  /// Passes every whole line of a file to `reader`, which marks a line as damaged by an
  /// [IllegalArgumentException].
  ///
  /// @return the unreadable lines, one line each
  static List<String> read(Path path, LineReader reader) throws IOException {
    if (!Files.isRegularFile(path)) {
      return List.of("is not a regular file; left out");
    }
    var lines = new LineFile(path);
    lines.forEach(reader);
    return lines.problems();
  }

  private void forEach(LineReader reader) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        scan(buffer, length, reader);
      }
    }
  }

  /// After ten problems the rest are only counted.
  private List<String> problems() {
    var all = new ArrayList<>(problems);
    if (damaged > PROBLEMS_MAX) {
      all.add("%d more lines cannot be read".formatted(damaged - PROBLEMS_MAX));
    }
    return all;
  }

  /// Counts newlines, quickly.
  static long count(Path path) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long count = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        for (int i = 0; i < length; i++) {
          count += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return count;
  }

  private void scan(byte[] buffer, int length, LineReader reader) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        append(buffer, start, i);
        end(reader);
        start = i + 1;
      }
    }
    append(buffer, start, length);
  }

  private void append(byte[] buffer, int from, int to) {
    tooLong = tooLong || line.size() + to - from > LINE_BYTES_MAX;
    if (!tooLong) {
      line.write(buffer, from, to - from);
    }
  }

  private void end(LineReader reader) {
    number++;
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      if (tooLong) {
        throw new IllegalArgumentException("longer than " + LINE_BYTES_MAX + " bytes");
      }
      reader.read(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, number);
    } catch (IllegalArgumentException e) {
      damaged++;
      if (damaged <= PROBLEMS_MAX) {
        problems.add("line %d cannot be read: %s".formatted(number, e.getMessage()));
      }
    }
    tooLong = false;
  }

  /// Takes one line.
  @FunctionalInterface
  interface LineReader {
    /// Takes a line and its number, from 1.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    void read(String line, long number);
  }
}
