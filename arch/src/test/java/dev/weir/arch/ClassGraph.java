package dev.weir.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of the project's top-level classes names which, read from class files. Nested classes
/// count as the class around them.
record ClassGraph(Map<String, Set<String>> arrows) {
  /*
   * A sealed type names its permitted subtypes, and they name it: that is one sum type in several
   * files and no knot. So the arrows from a sealed type to its own subtypes do not count.
   */
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L(dev/weir/[\\w/$]+)[;<]");
  private static final String OURS = "dev.weir.";

  /// The classes in all of these folders.
  static ClassGraph of(List<Path> folders) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    folders.stream().flatMap(ClassGraph::models).forEach(model -> addArrows(model, arrows));
    arrows.values().forEach(targets -> targets.retainAll(arrows.keySet()));
    return new ClassGraph(arrows);
  }

  private static Stream<ClassModel> models(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".class"))
          .map(ClassGraph::parsed)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassModel parsed(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addArrows(ClassModel model, Map<String, Set<String>> arrows) {
    String self = topLevel(model.thisClass().asInternalName());
    if (!self.startsWith(OURS) || self.endsWith("package-info")) {
      return;
    }
    Set<String> targets = arrows.computeIfAbsent(self, _ -> new TreeSet<>());
    Set<String> permitted = permitted(model);
    for (PoolEntry entry : model.constantPool()) {
      named(entry)
          .map(ClassGraph::topLevel)
          .filter(target -> !target.equals(self) && !permitted.contains(target))
          .forEach(targets::add);
    }
  }

  private static Set<String> permitted(ClassModel model) {
    return model.findAttribute(Attributes.permittedSubclasses()).stream()
        .flatMap(attribute -> attribute.permittedSubclasses().stream())
        .map(entry -> topLevel(entry.asInternalName()))
        .collect(Collectors.toSet());
  }

  private static Stream<String> named(PoolEntry entry) {
    return switch (entry) {
      case ClassEntry type when !type.asInternalName().startsWith("[") ->
          Stream.of(type.asInternalName());
      case Utf8Entry text ->
          IN_DESCRIPTOR.matcher(text.stringValue()).results().map(ClassGraph::firstGroup);
      default -> Stream.empty();
    };
  }

  private static String firstGroup(MatchResult result) {
    return result.group(1);
  }

  private static String topLevel(String internalName) {
    int nested = internalName.indexOf('$');
    String outer = nested < 0 ? internalName : internalName.substring(0, nested);
    return outer.replace('/', '.');
  }

  /// Circles of more than `most` classes, each of which leads to every other.
  List<Set<String>> classCircles(int most) {
    return Circles.of(arrows).stream().filter(circle -> circle.size() > most).toList();
  }

  /// Circles of packages, at any depth; a package and its subpackages count as different ones.
  List<Set<String>> packageCircles() {
    Map<String, Set<String>> packages = new TreeMap<>();
    arrows.forEach((from, targets) ->
        packages
            .computeIfAbsent(packageOf(from), _ -> new TreeSet<>())
            .addAll(targets.stream().map(ClassGraph::packageOf).toList()));
    packages.forEach((from, targets) -> targets.remove(from));
    return Circles.of(packages);
  }

  /// The arrows between the packages of one circle, as `From -> To`.
  List<String> arrowsWithin(Set<String> packages) {
    return arrows.entrySet().stream()
        .filter(from -> packages.contains(packageOf(from.getKey())))
        .flatMap(from ->
            from.getValue().stream()
                .filter(to -> packages.contains(packageOf(to)))
                .filter(to -> !packageOf(to).equals(packageOf(from.getKey())))
                .map(to -> from.getKey() + " -> " + to))
        .toList();
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }
}
