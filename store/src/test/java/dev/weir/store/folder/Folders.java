package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Run folders to bring into a database, and what is in them.
public final class Folders {
  private Folders() {}

  /// A finished run of requests, two containers and events, plain and odd.
  public static void record(Path folder, String id, RandomGenerator random, int requests) {
    try (RunWriter writer = RunFolder.create(folder, Records.info(id))) {
      for (int i = 0; i < requests; i++) {
        writer.request(i % 2 == 0 ? Records.request(i) : Records.anyRequest(random, i));
        if (i % 10 == 0) {
          writer.sample(Records.sample("web.1", i));
          writer.sample(Records.anySample(random, "odd $.%" + Records.text(random), i));
          writer.event(Records.anyEvent(random, i));
        }
      }
      writer.event(new RunEvent(Records.START, "load-ended", "", "the load has ended"));
      writer.certificate(Records.certificate(random));
    }
  }

  public static void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.ISO_8859_1),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Every file of a folder by its name, byte for byte.
  static Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  public static void assertSame(Path folder, Path other) throws IOException {
    Map<String, String> expected = contents(folder);
    Map<String, String> found = contents(other);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    for (Map.Entry<String, String> file : expected.entrySet()) {
      assertThat(found.get(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
    }
  }
}
