package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Packages form no circles at any depth, classes only small ones; and the checks themselves bite.
/// `bench/circles` prints what these rules measure.
class HouseTest {
  private static final ClassGraph SHIPPED = ClassGraph.of(Sources.classFolders());
  private static final ClassGraph FIXTURES = ClassGraph.of(List.of(Path.of("target/test-classes")));

  @Test
  void packagesFormNoCircles() {
    assertThat(SHIPPED.packageCircles())
        .as(() ->
            "arrows: " + SHIPPED.packageCircles().stream().map(SHIPPED::arrowsWithin).toList())
        .isEmpty();
  }

  @Test
  void classesFormSmallCirclesOnly() {
    assertThat(SHIPPED.classCircles(House.CIRCLE_MAX)).isEmpty();
  }

  @Test
  void aCircleOfPackagesBites() {
    assertThat(FIXTURES.packageCircles())
        .contains(Set.of("dev.weir.base.fixture.left", "dev.weir.base.fixture.right"));
  }

  @Test
  void aCircleOfClassesBites() {
    assertThat(FIXTURES.classCircles(House.CIRCLE_MAX))
        .anySatisfy(circle -> assertThat(circle).hasSize(6).allMatch(n -> n.contains(".ring.")));
  }

  /// A sealed type and its subtypes are one thing in several files.
  @Test
  void aSealedTypeIsNoCircle() {
    assertThat(FIXTURES.classCircles(1)).noneMatch(circle -> circle.toString().contains("Sum"));
  }

  @Test
  void circlesAreFoundWhereverTheyBegin() {
    var arrows =
        Map.of(
            "a",
            Set.of("b"),
            "b",
            Set.of("c"),
            "c",
            Set.of("b", "d"),
            "d",
            Set.of("e", "c"),
            "e",
            Set.<String>of());
    assertThat(Circles.of(arrows)).containsExactly(Set.of("b", "c", "d"));
  }
}
