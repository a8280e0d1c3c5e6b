package dev.weir.cli.runs;

import dev.weir.base.CleanEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Opens a page in the desktop's browser.
public final class Browser {
  private Browser() {}

  /// Uses the desktop's own opener. Without one, the user opens the page by hand.
  ///
  /// @param report gets the one line that says so
  public static void open(Path page, Consumer<String> report) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> opener =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler")
            : List.of(system.contains("mac") ? "open" : "xdg-open");
    var command = new ArrayList<>(opener);
    command.add(page.toAbsolutePath().toString());
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      CleanEnvironment.cleanForDesktop(builder.environment());
      builder.start();
    } catch (IOException e) {
      report.accept(
          "weir: --open: no %s on this machine; open %s yourself"
              .formatted(opener.getFirst(), page));
    }
  }
}
