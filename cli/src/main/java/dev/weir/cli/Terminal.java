package dev.weir.cli;

import java.io.PrintStream;

/// Where a command prints: results on standard output, progress on standard error, colour and
/// rewritten lines only where a person is looking.
final class Terminal {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean person;
  private boolean lineOpen;

  Terminal(PrintStream out, PrintStream err, boolean person) {
    this.out = out;
    this.err = err;
    this.person = person;
  }

  /// The process's own streams. A person is looking if standard error is a terminal that can
  /// rewrite a line; `NO_COLOR` and a dumb terminal are respected.
  static Terminal system() {
    String term = System.getenv("TERM");
    boolean capable = term != null && !term.equals("dumb") && System.getenv("NO_COLOR") == null;
    // The launcher sees whether standard error is a terminal; Java can tell only of all three
    // streams
    // together.
    boolean person = capable && Boolean.getBoolean("weir.terminal");
    return new Terminal(System.out, System.err, person);
  }

  boolean isPerson() {
    return person;
  }

  /// A line of the result.
  synchronized void print(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /// A line about what is going on.
  synchronized void tell(String line) {
    clear();
    err.println(line);
  }

  /// Replaces the live line; nothing where nobody is looking.
  synchronized void live(String line) {
    if (person) {
      err.print(CLEAR_LINE + line);
      err.flush();
      lineOpen = true;
    }
  }

  /// Removes the live line.
  synchronized void clear() {
    if (lineOpen) {
      err.print(CLEAR_LINE);
      err.flush();
      lineOpen = false;
    }
  }

  String bold(String text) {
    return styled("1", text);
  }

  String green(String text) {
    return styled("32", text);
  }

  String red(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return person ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
