package dev.weir.arch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Prints how the shipped code is laid out: sizes of packages, files and methods, circles, and
/// words that are not the field's. `bench/circles` runs it.
final class House {
  /// The most classes that may all lead to one another.
  static final int CIRCLE_MAX = 5;

  /// More files than this in one package ask for a reason in its `package-info.java`.
  static final int PACKAGE_FILES = 25;

  private static final List<String> WORDS =
      List.of(
          "answer\\w*",
          "told|tells?|telling",
          "fates?",
          "lanes?",
          "backends?",
          "whoever",
          "whom",
          "whose",
          "nobody",
          "lame ducks?",
          "contests?|contenders?",
          "wires?",
          "precedence",
          "authority|authorities",
          "complaints?",
          "roster",
          "whereabouts",
          "shipments?",
          "judgements?",
          "prober",
          "pity");

  private House() {}

  public static void main(String[] args) {
    List<Path> files = Sources.java().stream().filter(House::isShipped).toList();
    packages(files);
    circles();
    lengths(files);
    words();
  }

  private static boolean isShipped(Path file) {
    return file.toString().contains("/src/main/");
  }

  private static void packages(List<Path> files) {
    Map<String, int[]> sizes = new TreeMap<>();
    for (Path file : files) {
      int[] size = sizes.computeIfAbsent(packageOf(file), _ -> new int[2]);
      size[0]++;
      size[1] += Sources.lines(file).size();
    }
    System.out.printf("%-32s %6s %7s%n", "package", "files", "lines");
    sizes.forEach((name, size) ->
        System.out.printf(
            "%-32s %6d %7d%s%n",
            name, size[0], size[1], size[0] > PACKAGE_FILES ? "  many files" : ""));
    System.out.printf(
        "%n%d packages, the largest of %d files%n",
        sizes.size(), sizes.values().stream().mapToInt(size -> size[0]).max().orElse(0));
  }

  private static String packageOf(Path file) {
    String path = Objects.requireNonNull(file.getParent()).toString();
    return path.substring(path.indexOf("/java/") + 6).replace('/', '.');
  }

  private static void circles() {
    ClassGraph graph = ClassGraph.of(Sources.classFolders());
    List<Set<String>> packages = graph.packageCircles();
    System.out.printf("%nCircles of packages: %d%n", packages.size());
    packages.forEach(circle -> {
      System.out.println("  " + circle);
      graph.arrowsWithin(circle).stream().limit(20).forEach(a -> System.out.println("    " + a));
    });
    List<Set<String>> classes = graph.classCircles(1);
    System.out.printf(
        "Circles of classes: %d, of more than %d: %d%n",
        classes.size(), CIRCLE_MAX, graph.classCircles(CIRCLE_MAX).size());
    graph.classCircles(CIRCLE_MAX).forEach(c -> System.out.println("  " + c.size() + " " + c));
  }

  private static void lengths(List<Path> files) {
    var fileLines = new ArrayList<Integer>();
    var methodLines = new ArrayList<Integer>();
    for (Path file : files) {
      List<String> lines = Sources.lines(file);
      if (!file.endsWith("package-info.java")) {
        fileLines.add(lines.size());
      }
      methodLines.addAll(Tidy.methodLengths(lines));
    }
    System.out.printf("%n%-8s %7s %7s %7s%n", "lines", "median", "p90", "max");
    line("files", fileLines);
    line("methods", methodLines);
  }

  private static void line(String name, List<Integer> values) {
    Collections.sort(values);
    System.out.printf(
        "%-8s %7d %7d %7d%n",
        name, values.get(values.size() / 2), values.get(values.size() * 9 / 10), values.getLast());
  }

  private static void words() {
    List<String> java = Sources.java().stream().filter(f -> !isOfThis(f)).map(House::text).toList();
    List<String> docs = Sources.docs().stream().map(House::text).toList();
    System.out.printf("%n%-24s %6s %6s%n", "word", "java", "docs");
    for (String word : WORDS) {
      Pattern pattern = Pattern.compile("\\b(" + word + ")\\b", Pattern.CASE_INSENSITIVE);
      long inJava = count(pattern, java);
      long inDocs = count(pattern, docs);
      System.out.printf("%-24s %6d %6d%n", word, inJava, inDocs);
    }
  }

  private static boolean isOfThis(Path file) {
    return file.endsWith("House.java");
  }

  private static String text(Path file) {
    return String.join("\n", Sources.lines(file));
  }

  private static long count(Pattern pattern, List<String> texts) {
    return texts.stream().mapToLong(text -> pattern.matcher(text).results().count()).sum();
  }
}
