package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Every source file is short, documented and finished; and the check itself bites.
class TidyTest {
  @Test
  void sourcesAreTidy() {
    Map<String, List<String>> untidy = new TreeMap<>();
    for (var file : Sources.java()) {
      List<String> problems = Tidy.problems(Sources.lines(file));
      if (!problems.isEmpty()) {
        untidy.put(Sources.root().relativize(file).toString(), problems);
      }
    }
    assertThat(untidy).isEmpty();
  }

  @Test
  void longFileBites() {
    assertThat(Tidy.problems(new ArrayList<>(java.util.Collections.nCopies(401, ""))))
        .containsExactly("401 lines (at most 400)");
  }

  @Test
  void longMethodBites() {
    var lines = new ArrayList<>(List.of("/// A.", "class A {", "  void long() {"));
    lines.addAll(java.util.Collections.nCopies(61, "    call();"));
    lines.addAll(List.of("  }", "}"));
    assertThat(Tidy.problems(lines)).containsExactly("line 3: a method of 61 lines (at most 60)");
  }

  @Test
  void undocumentedTypeBites() {
    assertThat(Tidy.problems(List.of("package a;", "", "final class A {}")))
        .containsExactly("line 3: A has no doc sentence");
    assertThat(Tidy.problems(List.of("/// An A.", "@Deprecated", "final class A {}"))).isEmpty();
  }

  @Test
  void leftoverNoteBites() {
    assertThat(Tidy.problems(List.of("// TO" + "DO finish"))).hasSize(1);
  }

  @Test
  void noTestSleepsInDisguise() {
    Map<String, List<String>> sleeps = new TreeMap<>();
    for (var file : Sources.java()) {
      List<String> lines = Tidy.sleeps(Sources.lines(file));
      if (file.toString().contains("/src/test/") && !lines.isEmpty()) {
        sleeps.put(Sources.root().relativize(file).toString(), lines);
      }
    }
    assertThat(sleeps).as("see RealTime of testing").isEmpty();
  }

  @Test
  void sleepInDisguiseBites() {
    String latch = "new Count" + "DownLatch(1).await(9, SECONDS);";
    String monitor = "new Obj" + "ect().wait(9);";
    assertThat(Tidy.sleeps(List.of(latch, monitor, "begun.await(9, SECONDS);")))
        .containsExactly(latch, monitor);
  }
}
