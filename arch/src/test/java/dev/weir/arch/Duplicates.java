package dev.weir.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.sourceforge.pmd.cpd.CPDConfiguration;
import net.sourceforge.pmd.cpd.CPDReport;
import net.sourceforge.pmd.cpd.CpdAnalysis;
import net.sourceforge.pmd.cpd.Mark;
import net.sourceforge.pmd.cpd.Match;
import net.sourceforge.pmd.lang.Language;
import net.sourceforge.pmd.lang.LanguageRegistry;
import net.sourceforge.pmd.lang.PlainTextLanguage;
import net.sourceforge.pmd.lang.java.JavaLanguageModule;

/// Finds passages that the sources hold twice, by PMD's copy-paste detector. `bench/duplicates`
/// runs it.
///
/// Comments, imports and annotations count for nothing, so that two commands with the same picocli
/// options are no duplicates.
final class Duplicates {
  /// The fewest equal tokens (names, literals and operators) in a row.
  static final int TOKENS_MIN = 50;

  /// The fewest lines that these tokens stand on.
  static final int LINES_MIN = 12;

  private Duplicates() {}

  /// A passage that stands in several places.
  ///
  /// @param tokens how many equal tokens it has
  /// @param lines how many lines these stand on
  /// @param places the file and first line of each
  record Duplicate(int tokens, int lines, List<String> places) {}

  public static void main(String[] args) {
    List<Duplicate> found = ofProject();
    for (Duplicate one : found) {
      System.out.printf("%d lines, %d tokens%n", one.lines(), one.tokens());
      one.places().forEach(place -> System.out.println("  " + place));
    }
    System.out.printf(
        "Duplicates of at least %d lines and %d tokens: %d%n", LINES_MIN, TOKENS_MIN, found.size());
    System.exit(found.isEmpty() ? 0 : 1);
  }

  /// Those of the project: Java among Java, shell among shell.
  static List<Duplicate> ofProject() {
    return Stream.of(java(Sources.everyJava()), shell(Sources.shell()))
        .flatMap(List::stream)
        .toList();
  }

  static List<Duplicate> java(List<Path> files) {
    return found(JavaLanguageModule.getInstance(), files);
  }

  /// PMD knows no shell: here, words and signs are the tokens, comments included.
  static List<Duplicate> shell(List<Path> files) {
    return found(PlainTextLanguage.getInstance(), files);
  }

  private static List<Duplicate> found(Language language, List<Path> files) {
    var configuration = new CPDConfiguration(LanguageRegistry.singleton(language));
    configuration.setMinimumTileSize(TOKENS_MIN);
    configuration.setIgnoreAnnotations(true);
    configuration.setForceLanguageVersion(language.getDefaultVersion());
    var found = new ArrayList<Duplicate>();
    var read = new ArrayList<Integer>();
    try (CpdAnalysis analysis = CpdAnalysis.create(configuration)) {
      files.forEach(analysis.files()::addFile);
      analysis.performAnalysis(report -> {
        read.add(report.getNumberOfTokensPerFile().size());
        found.addAll(longOnes(report));
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // PMD leaves out files that it cannot read, and says so to a logger.
    if (!read.equals(List.of(files.size()))) {
      throw new IllegalStateException("%s of %d files read".formatted(read, files.size()));
    }
    return found;
  }

  private static List<Duplicate> longOnes(CPDReport report) {
    return report.getMatches().stream()
        .filter(match -> match.getLineCount() >= LINES_MIN)
        .map(Duplicates::duplicate)
        .toList();
  }

  private static Duplicate duplicate(Match match) {
    var places = new ArrayList<String>();
    for (Mark mark : match) {
      Path file = Path.of(mark.getLocation().getFileId().getAbsolutePath());
      Path shown =
          file.startsWith(Sources.root()) ? Sources.root().relativize(file) : file.getFileName();
      places.add(shown + ":" + mark.getLocation().getStartLine());
    }
    return new Duplicate(match.getTokenCount(), match.getLineCount(), List.copyOf(places));
  }
}
