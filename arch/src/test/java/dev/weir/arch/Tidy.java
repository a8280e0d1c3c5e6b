package dev.weir.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Reads one source file, already in the formatter's layout, and says what is untidy about it.
final class Tidy {
  static final int FILE_LINES_MAX = 400;
  static final int METHOD_LINES_MAX = 60;

  private static final Pattern TYPE =
      Pattern.compile(
          "^( *)(?:(?:public|protected|private|static|final|sealed|non-sealed|abstract|strictfp) )*"
              + "(?:class|interface|enum|record|@interface) +([A-Z]\\w*).*");

  /// A latch, or its like, that nothing can open: waiting for it is sleeping.
  private static final Pattern DISGUISED_SLEEP =
      Pattern.compile(
          "new (CountDownLatch|Semaphore|Object|CompletableFuture|Exchanger|\\w*Queue)\\b[^;]*?\\)"
              + "\\.(await|acquire|tryAcquire|wait|get|poll|take|exchange)\\(");

  private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private Tidy() {}

  static List<String> problems(List<String> lines) {
    var problems = new ArrayList<String>();
    if (lines.size() > FILE_LINES_MAX) {
      problems.add("%d lines (at most %d)".formatted(lines.size(), FILE_LINES_MAX));
    }
    boolean text = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!text) {
        checkLine(lines, i, problems);
      }
      text ^= count(line, "\"\"\"") % 2 == 1;
    }
    return problems;
  }

  /// Lines of a test that wait for what cannot come.
  static List<String> sleeps(List<String> lines) {
    return lines.stream().filter(line -> DISGUISED_SLEEP.matcher(line).find()).toList();
  }

  private static void checkLine(List<String> lines, int i, List<String> problems) {
    String line = lines.get(i);
    if (LEFTOVER.matcher(line).find()) {
      problems.add("line %d: a leftover note".formatted(i + 1));
    }
    var type = TYPE.matcher(line);
    if (type.matches() && !documented(lines, i)) {
      problems.add("line %d: %s has no doc sentence".formatted(i + 1, type.group(2)));
    } else if (!type.matches()) {
      checkMethod(lines, i, problems);
    }
  }

  private static void checkMethod(List<String> lines, int end, List<String> problems) {
    int start = methodStart(lines, end);
    if (end - start - 1 > METHOD_LINES_MAX) {
      problems.add(
          "line %d: a method of %d lines (at most %d)"
              .formatted(start + 1, end - start - 1, METHOD_LINES_MAX));
    }
  }

  /// How many lines each method has between its first and its last.
  static List<Integer> methodLengths(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(end -> methodStart(lines, end) < end)
        .mapToObj(end -> end - methodStart(lines, end) - 1)
        .toList();
  }

  /// Where the method begins that ends at a line; the line itself if no method ends there.
  ///
  /// A line that closes a block at a member's indent: the member began at the nearest line above of
  /// the same indent, since all its own lines are deeper.
  private static int methodStart(List<String> lines, int end) {
    String close = lines.get(end);
    if (!close.equals("  }") && !close.equals("    }")) {
      return end;
    }
    int start = end - 1;
    while (start > 0 && (lines.get(start).isBlank() || indent(lines.get(start)) > indent(close))) {
      start--;
    }
    return TYPE.matcher(lines.get(start)).matches() ? end : start;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /// The line above the type, past its annotations, is a comment.
  private static boolean documented(List<String> lines, int type) {
    int i = type - 1;
    while (i >= 0 && !lines.get(i).isBlank() && !lines.get(i).strip().startsWith("///")) {
      i--;
    }
    return i >= 0 && lines.get(i).strip().startsWith("///");
  }

  private static int count(String line, String part) {
    return (line.length() - line.replace(part, "").length()) / part.length();
  }
}
