package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No passage stands in two places; and the check itself bites.
class DuplicatesTest {
  @TempDir private Path folder;

  @Test
  void nothingIsWrittenTwice() {
    assertThat(Duplicates.ofProject()).isEmpty();
  }

  @Test
  void aCopiedMethodBites() throws IOException {
    List<Path> twins = List.of(javaFile("A", 12), javaFile("B", 12));
    assertThat(Duplicates.java(twins))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.lines()).isGreaterThanOrEqualTo(12);
          assertThat(found.places()).containsExactly("A.java:1", "B.java:1");
        });
  }

  @Test
  void aShortOneDoesNot() throws IOException {
    assertThat(Duplicates.java(List.of(javaFile("A", 5), javaFile("B", 5)))).isEmpty();
  }

  /// Two commands may take the same options.
  @Test
  void annotationsAndImportsAreNoDuplicates() throws IOException {
    String imports = "import java.util.List;\n".repeat(20);
    String options = "  @Option(names = \"--json\", description = \"Print JSON.\")\n".repeat(20);
    var files =
        List.of(
            write("A.java", imports + "class A {\n" + options + "  int a;\n}\n"),
            write("B.java", imports + "class B {\n" + options + "  long b;\n}\n"));
    assertThat(Duplicates.java(files)).isEmpty();
  }

  @Test
  void copiedShellBites() throws IOException {
    String body = steps(12, "  step_%d \"$folder\" || exit %<d\n");
    List<Path> twins =
        List.of(write("up", "up() {\n" + body + "}\n"), write("down", "down() {\n" + body + "}\n"));
    assertThat(Duplicates.shell(twins)).hasSize(1);
  }

  private Path javaFile(String name, int lines) throws IOException {
    String body = steps(lines, "    sum += values[%d] * 3;\n");
    return write(
        name + ".java",
        "class %s {\n  // Of %<s.\n  int sum(int[] values, int sum) {\n%s    return sum;\n  }\n}\n"
            .formatted(name, body));
  }

  private static String steps(int lines, String line) {
    return IntStream.range(0, lines).mapToObj(line::formatted).collect(Collectors.joining());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
