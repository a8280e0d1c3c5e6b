package dev.weir.term;

import dev.weir.base.Visible;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/// The one way to standard output, for results, and to standard error, for progress. Colour and
/// rewritten lines appear only on a terminal.
///
/// Foreign names and texts must not steer the terminal, so their control characters are made
/// visible ([Visible]). Only this class adds control sequences.
public final class Terminal {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_TO_RIGHT = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String NEXT_LINE = "\r\n";

  /*
   * Styles within a line are marked by noncharacters, which Unicode keeps for such inner use. Text
   * from elsewhere that has one can make a word bold, and no more.
   */
  private static final char BOLD = '\ufdd0';
  private static final char GREEN = '\ufdd1';
  private static final char RED = '\ufdd2';
  private static final char PLAIN = '\ufdd3';
  private static final List<String> STYLES =
      List.of("\u001b[1m", "\u001b[32m", "\u001b[31m", "\u001b[0m");

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
  public static Terminal system() {
    String term = System.getenv("TERM");
    boolean capable = term != null && !term.equals("dumb") && System.getenv("NO_COLOR") == null;
    // The launcher sees whether standard error is a terminal; Java knows it only of all three
    // streams together.
    boolean person = capable && Boolean.getBoolean("weir.terminal");
    return new Terminal(System.out, System.err, person);
  }

  /// The same for a command that writes a document to standard output.
  public static Terminal besideDocument() {
    return new Terminal(System.err, System.err, system().person);
  }

  /// The same without styles and rewritten lines.
  public static Terminal plain() {
    return new Terminal(System.out, System.err, false);
  }

  /// Standard output for what a command writes with print and println.
  public static PrintWriter output() {
    return writer(System.out);
  }

  /// Standard error likewise.
  public static PrintWriter errors() {
    return writer(System.err);
  }

  /// Standard output as it is, for a document without control characters.
  public static PrintStream document() {
    return System.out;
  }

  public boolean isPerson() {
    return person;
  }

  /// Prints a line of the result.
  public synchronized void print(String line) {
    clear();
    out.println(shown(line));
    out.flush();
  }

  /// Prints a line about the progress.
  public synchronized void report(String line) {
    clear();
    err.println(shown(line));
  }

  /// Replaces the live line; does nothing without a terminal.
  public synchronized void live(String line) {
    if (person) {
      err.print(CLEAR_LINE + shown(Visible.line(line)));
      err.flush();
      lineOpen = true;
    }
  }

  /// Removes the live line.
  public synchronized void clear() {
    if (lineOpen) {
      err.print(CLEAR_LINE);
      err.flush();
      lineOpen = false;
    }
  }

  /// Clears the screen; does nothing without a terminal.
  public void clearScreen() {
    if (person) {
      out.print(HOME_AND_CLEAR);
      out.flush();
    }
  }

  /// Replaces the screen by these lines, each cut at the right edge; those below the bottom edge
  /// are counted in the last line. Nothing flickers: each line is written over what was there. Does
  /// nothing without a terminal.
  public synchronized void redraw(List<String> lines, TerminalSize size) {
    if (!person) {
      return;
    }
    int fitting = lines.size() <= size.rows() ? lines.size() : size.rows() - 1;
    var screen = new StringBuilder(HOME);
    for (int i = 0; i < fitting; i++) {
      screen.append(i == 0 ? "" : NEXT_LINE);
      screen.append(shown(cut(lines.get(i), size.columns()))).append(CLEAR_TO_RIGHT);
    }
    if (fitting < lines.size()) {
      String more = "… and %d lines more".formatted(lines.size() - fitting);
      screen.append(NEXT_LINE).append(cut(more, size.columns())).append(CLEAR_TO_RIGHT);
    }
    out.print(screen.append(CLEAR_BELOW));
    out.flush();
  }

  /// Styles take no column; a line that is cut ends plain.
  private static String cut(String line, int columns) {
    var kept = new StringBuilder();
    int taken = 0;
    for (int i = 0; i < line.length() && taken < columns; i++) {
      char c = line.charAt(i);
      taken += c >= BOLD && c <= PLAIN ? 0 : 1;
      kept.append(c);
    }
    return kept.length() == line.length() ? line : kept.append(PLAIN).toString();
  }

  /// Asks the user at the terminal; empty without a terminal.
  @SuppressWarnings("SystemConsoleNull") // null is what Java 25 gives where input is redirected
  public static Optional<String> ask(List<String> lines, String question) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return Optional.empty();
    }
    lines.forEach(line -> console.printf("%s%n", shown(line)));
    String reply = console.readLine("%s", shown(question));
    return Optional.of(reply == null ? "" : reply);
  }

  public String bold(String text) {
    return styled(BOLD, text);
  }

  public String green(String text) {
    return styled(GREEN, text);
  }

  public String red(String text) {
    return styled(RED, text);
  }

  private String styled(char style, String text) {
    return person ? style + text + PLAIN : text;
  }

  private static PrintWriter writer(PrintStream stream) {
    var shown =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) {
            stream.print(shown(new String(text, from, count)));
          }

          @Override
          public void flush() {
            stream.flush();
          }

          @Override
          public void close() {
            stream.flush();
          }
        };
    return new PrintWriter(shown, true);
  }

  private static String shown(String text) {
    String visible = Visible.of(text);
    for (char style = BOLD; style <= PLAIN; style++) {
      visible = visible.replace(String.valueOf(style), STYLES.get(style - BOLD));
    }
    return visible;
  }
}
