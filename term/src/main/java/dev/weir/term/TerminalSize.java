package dev.weir.term;

import dev.weir.base.CleanEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The size of the terminal, which its user may change at any time.
///
/// @param rows lines, at least 2
/// @param columns letters in a line, at least 20
public record TerminalSize(int rows, int columns) {
  private static final TerminalSize USUAL = new TerminalSize(24, 80);
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})\\s*");
  private static final long SECONDS_MAX = 2;

  public TerminalSize {
    rows = Math.max(2, rows);
    columns = Math.max(20, columns);
  }

  /// The present size; 24 lines of 80 letters if it cannot be told.
  public static TerminalSize now() {
    // Java does not know it; stty asks the terminal of standard input.
    var builder = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT);
    CleanEnvironment.clean(builder.environment());
    try {
      Process process = builder.start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroy();
        return USUAL;
      }
      return of(new String(process.getInputStream().readNBytes(100), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static TerminalSize of(String text) {
    Matcher form = FORM.matcher(text);
    boolean isKnown = form.matches() && !form.group(1).equals("0") && !form.group(2).equals("0");
    return isKnown
        ? new TerminalSize(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)))
        : USUAL;
  }
}
