package dev.weir.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The rules of docs/architecture.md, held against every class of every module, tests included.
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(classFolders());

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(Directions.rules(), Habits.rules())
        .flatMap(List::stream)
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }

  private static List<Path> classFolders() {
    return Sources.modules().stream()
        .flatMap(module ->
            Stream.of(module.resolve("target/classes"), module.resolve("target/test-classes")))
        .filter(Files::isDirectory)
        .filter(folder -> !folder.startsWith(Sources.root().resolve("arch")))
        .toList();
  }
}
