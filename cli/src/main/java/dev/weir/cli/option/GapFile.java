package dev.weir.cli.option;

import dev.weir.arrivals.Trace;
import dev.weir.base.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;

/// A file of recorded gaps: seconds, one a line; empty lines and what follows a `#` are skipped.
public final class GapFile {
  private static final int GAPS_MAX = 20_000_000;

  private GapFile() {}

  /// Reads the whole file.
  ///
  /// @throws UserError naming the file, and the line if one is at fault
  public static Trace read(Path file) {
    DoubleStream.Builder gaps = DoubleStream.builder();
    int line = 0;
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        String gap = text.replaceFirst("#.*", "").strip();
        if (!gap.isEmpty()) {
          gaps.add(gapSeconds(gap, file, line));
          if (++count > GAPS_MAX) {
            throw new UserError(
                "--trace: %s (expected: at most %d gaps)".formatted(file, GAPS_MAX));
          }
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "--trace: %s (expected: a text file of gaps in seconds, one a line; %s)"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    return new Trace(gaps.build().toArray());
  }

  private static double gapSeconds(String text, Path file, int line) {
    double gap = Double.NaN;
    try {
      gap = Double.parseDouble(text);
    } catch (NumberFormatException _) {
      // NaN is refused below, like any other value that is not a gap.
    }
    if (gap >= 0 && Double.isFinite(gap)) {
      return gap;
    }
    throw new UserError(
        "--trace: %s line %d: %s (expected: seconds, >= 0)".formatted(file, line, text));
  }
}
