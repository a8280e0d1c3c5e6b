package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A browser without a window, to see what a page becomes.
public final class HeadlessBrowser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private HeadlessBrowser() {}

  /// Skips the test if this machine has no browser.
  public static void assumePresent() {
    assumeTrue(
        found().isPresent(),
        "no browser: put chromium on the PATH and run 'mvn -pl report -am verify' to look at pages");
  }

  /// The page's elements after its script has run for ten seconds of its own time.
  ///
  /// @param folder for the browser's own files
  public static String elements(Path page, Path folder) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                found().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1400,3000",
                "--virtual-time-budget=10000",
                "--dump-dom",
                page.toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(dom.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    return Files.readString(dom);
  }

  private static Optional<String> found() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(in -> Path.of(in, name)))
        .flatMap(file -> Files.isExecutable(file) ? Stream.of(file.toString()) : Stream.empty())
        .findFirst();
  }
}
