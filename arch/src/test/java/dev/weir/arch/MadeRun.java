package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A made-up run, and the check that another is the same.
final class MadeRun {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private MadeRun() {}

  static RunInfo info(String id) {
    return new RunInfo(id, "weir", START, "weir bench", 42, Map.of("slo", "300ms"));
  }

  /// Every tenth request with a sample, of two containers alternately.
  static int record(RunWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      long due = i * 1_000_000L;
      writer.request(
          new RequestRecord(i, due, due + 20_000, due + 5_000_000, 200, 17, "web.1.x7k", ""));
      if (i % 10 == 0) {
        writer.sample(
            new ContainerSample(
                i % 20 == 0 ? "web.1.x7k" : "web.2.y8l",
                "node-1",
                START.plusMillis(i),
                i * 500_000L + 1,
                i * 400_000L,
                i * 100_000L,
                64 << 20,
                48 << 20,
                "docker"));
      }
    }
    return to;
  }

  static void assertSame(Path folder, Path other) throws IOException {
    assertThat(contents(other).keySet()).isEqualTo(contents(folder).keySet());
    for (Map.Entry<String, Path> file : contents(folder).entrySet()) {
      assertThat(other.resolve(file.getKey())).hasSameBinaryContentAs(file.getValue());
    }
  }

  private static Map<String, Path> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, Path>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> contents.put(folder.relativize(file).toString(), file));
    }
    return contents;
  }
}
