package dev.weir.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The relative links of Markdown pages, and what is wrong with them.
final class DocLinks {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
  private static final Set<String> SKIPPED = Set.of("target", ".git", "runs");

  private DocLinks() {}

  /// Every Markdown page below `folder`, without those of builds.
  static List<Path> pages(Path folder) {
    var pages = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              return SKIPPED.contains(dir.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".md")) {
                pages.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages.stream().sorted().toList();
  }

  /// The links of `page` that lead nowhere: no such file, or no such heading in it.
  static List<String> broken(Path page) {
    return links(page).stream().filter(link -> !leads(page, link)).toList();
  }

  /// The pages directly in `folder` that its README.md links to nowhere.
  static Set<String> unlisted(Path folder) {
    Path index = folder.resolve("README.md");
    Set<Path> listed =
        links(index).stream().map(link -> target(index, link)).collect(Collectors.toSet());
    var missing = new TreeSet<String>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".md") && !file.equals(index))
          .filter(file -> !listed.contains(file))
          .forEach(file -> missing.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return missing;
  }

  private static List<String> links(Path page) {
    return prose(page).stream()
        .flatMap(line -> LINK.matcher(CODE.matcher(line).replaceAll("")).results())
        .map(match -> match.group(1))
        .filter(link -> !ELSEWHERE.matcher(link).matches())
        .toList();
  }

  private static boolean leads(Path page, String link) {
    Path target = target(page, link);
    int hash = link.indexOf('#');
    return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
  }

  private static Path target(Path page, String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }

  /// The names by which GitHub links to headings.
  private static Set<String> anchors(Path page) {
    return prose(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ +", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /// The lines of `page` outside of code blocks.
  private static List<String> prose(Path page) {
    var prose = new ArrayList<String>();
    boolean code = false;
    for (String line : Sources.lines(page)) {
      boolean fence = line.startsWith("```");
      code ^= fence;
      if (!code && !fence) {
        prose.add(line);
      }
    }
    return prose;
  }
}
