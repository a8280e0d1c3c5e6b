package dev.weir.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's own source files.
final class Sources {
  private Sources() {}

  static Path root() {
    return Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
  }

  static List<Path> modules() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> java() {
    return modules().stream().flatMap(Sources::javaOf).sorted().toList();
  }

  /// Those of the modules, and those that scripts and micro-benchmarks run.
  static List<Path> everyJava() {
    return Stream.concat(
            java().stream(), under("bench", "testbed").filter(f -> f.toString().endsWith(".java")))
        .toList();
  }

  /// The shell scripts, by their first line or their name's ending.
  static List<Path> shell() {
    return Stream.concat(
            Stream.of("weir", "mvnw", ".ci/run", ".mvn/jdk25.sh").map(root()::resolve),
            under("bench", "testbed").filter(Sources::isShell))
        .toList();
  }

  private static Stream<Path> under(String... folders) {
    return Stream.of(folders)
        .flatMap(folder -> {
          try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            return files
                .filter(f -> Files.isRegularFile(f) && !f.toString().contains("/target/"))
                .sorted()
                .toList()
                .stream();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static boolean isShell(Path file) {
    if (file.toString().matches(".*\\.(sh|bash)")) {
      return true;
    }
    try (var in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(20), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") && start.contains("sh");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The class folders of what is shipped.
  static List<Path> classFolders() {
    return modules().stream()
        .map(module -> module.resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  /// The documents that readers see, but for the changelog, which keeps former names.
  static List<Path> docs() {
    try (Stream<Path> files = Files.walk(root().resolve("docs"))) {
      return Stream.concat(files, Stream.of(root().resolve("README.md")))
          .filter(f -> f.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaOf(Path module) {
    try (Stream<Path> files = Files.walk(module.resolve("src"))) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
