package dev.weir.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What a command said and how it ended, run within this process.
///
/// @param code the exit code
/// @param out standard output
/// @param err standard error
public record Ran(int code, String out, String err) {
  /// Runs `weir` with the words of a line.
  public static Ran weir(String line) {
    return weir(line.split(" ", -1));
  }

  /// Runs `weir` with words that may have blanks in them.
  public static Ran weir(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var said = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
      int code = Weir.commandLine().execute(words);
      return new Ran(
          code, said.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
