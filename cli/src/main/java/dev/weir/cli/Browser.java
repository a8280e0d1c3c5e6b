package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Opens a page for its reader, with whatever the desktop offers.
final class Browser {
  private Browser() {}

  static void open(Path page, Terminal terminal) {
    String opener =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
            ? "open"
            : "xdg-open";
    try {
      new ProcessBuilder(List.of(opener, page.toAbsolutePath().toString()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      terminal.tell("no browser could be opened (%s is missing); open %s".formatted(opener, page));
    }
  }
}
