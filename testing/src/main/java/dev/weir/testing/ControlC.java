package dev.weir.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Ctrl-C for the processes that a test starts. A shell lets what it starts in the background
/// ignore SIGINT, and every child inherits that: without this, such tests pass only in the
/// foreground.
public final class ControlC {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long SIGINT = 1L << 1;

  private ControlC() {}

  /// The words to put before a command so that SIGINT ends it; none, if it does so anyway.
  ///
  /// @throws IOException if the state of this process cannot be read
  public static List<String> heeded() throws IOException {
    return Files.exists(STATUS) && isIgnored() ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static boolean isIgnored() throws IOException {
    String ignored =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow(() -> new IOException(STATUS + ": no line 'SigIgn'"));
    return (Long.parseUnsignedLong(ignored.substring(ignored.indexOf(':') + 1).strip(), 16)
            & SIGINT)
        != 0;
  }
}
