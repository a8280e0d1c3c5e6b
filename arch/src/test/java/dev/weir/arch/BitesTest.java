package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every rule is seen to fail, on fixtures that break it: a rule that never failed is unproven.
class BitesTest {
  private static final JavaClasses FIXTURES =
      new ClassFileImporter().importPath(Path.of("target/test-classes"));

  @TestFactory
  Stream<DynamicTest> everyRuleBites() {
    return Stream.of(Directions.rules(), Habits.rules())
        .flatMap(List::stream)
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getDescription(),
                () -> assertThat(rule.evaluate(FIXTURES).hasViolation()).isTrue()));
  }
}
