package dev.weir.swarm.stack.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One stack to deploy both ways: a name and the texts of its files.
public record Case(String name, List<String> texts) {
  private static final List<String> BESIDE =
      List.of("one.env", "two.env", "bad.env", "secret.txt", "config.tmpl");

  /// The hand-written cases of `cases.txt`: `### name`, then a file, then perhaps `--- override`
  /// and another.
  public static List<Case> written() {
    List<Case> cases = new ArrayList<>();
    for (String part : resource("cases.txt").substring(4).split("\n### ", -1)) {
      int end = part.indexOf('\n');
      cases.add(
          new Case(
              part.substring(0, end),
              List.of(part.substring(end + 1).split("--- override\n", -1))));
    }
    return cases;
  }

  /// Puts the files that cases name, into a folder.
  public static void prepare(Path folder) throws IOException {
    for (String file : BESIDE) {
      Files.writeString(folder.resolve(file), resource(file));
    }
  }

  /// Writes this case's files into a folder.
  public List<Path> files(Path folder, int number) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String text : texts) {
      Path file = folder.resolve("case%d-%d.yml".formatted(number, files.size()));
      Files.writeString(file, text);
      files.add(file);
    }
    return files;
  }

  public static String resource(String name) {
    String path = "/dev/weir/swarm/stack/" + name;
    try (InputStream in = Objects.requireNonNull(Case.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
