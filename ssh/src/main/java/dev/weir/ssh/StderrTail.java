package dev.weir.ssh;

import dev.weir.base.Visible;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines that a process writes to its standard error.
final class StderrTail implements Runnable {
  private static final int LINES_MAX = 64;
  private static final int LINE_LETTERS_MAX = 500;

  private final InputStream from;
  private final Deque<String> lines = new ArrayDeque<>();

  StderrTail(InputStream from) {
    this.from = from;
  }

  @Override
  public void run() {
    try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      var line = new StringBuilder();
      for (int letter = reader.read(); letter >= 0; letter = reader.read()) {
        if (letter == '\n') {
          add(line.toString());
          line.setLength(0);
        } else if (line.length() < LINE_LETTERS_MAX) {
          line.append((char) letter);
        }
      }
      add(line.toString());
    } catch (IOException _) {
      // The process was killed.
    }
  }

  private synchronized void add(String line) {
    String visible = Visible.line(line.strip());
    if (!visible.isEmpty()) {
      lines.add(visible);
      if (lines.size() > LINES_MAX) {
        lines.remove();
      }
    }
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
