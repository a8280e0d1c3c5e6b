package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.cli.option.ExitCode;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// docs/settings.md and the program list the same commands, options, defaults and exit codes.
final class SettingsDocTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
  private static final Pattern ROW = Pattern.compile("\\| (`-.*?) \\| (.*) \\| (.*?) \\| .* \\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([a-z]+)\\)");

  private final Map<String, String> sections = new HashMap<>();

  SettingsDocTest() throws IOException {
    for (String section : Files.readString(DOCUMENT).split("\n## ", -1)) {
      sections.put(section.lines().findFirst().orElseThrow(), section);
    }
  }

  @Test
  void everyOptionIsDocumentedAndEveryDocumentedOptionExists() {
    var documented = new TreeMap<String, Set<String>>();
    var known = new TreeMap<String, Set<String>>();
    commands((name, options) -> {
      Set<String> names = options.stream().map(SettingsDocTest::names).collect(Collectors.toSet());
      if (!names.isEmpty() || sections.containsKey(name)) {
        known.put(name, new TreeSet<>(names));
      }
    });
    sections.keySet().stream()
        .filter(heading -> heading.startsWith("weir "))
        .forEach(heading -> documented.put(heading, new TreeSet<>(rows(heading).keySet())));
    assertThat(documented).isEqualTo(known);
    assertThat(known.get("weir load")).hasSizeGreaterThan(30);
  }

  @Test
  void defaultsAreThoseOfTheProgram() {
    commands((name, options) -> {
      for (OptionSpec option : options) {
        String value = option.defaultValue();
        // That of --runs is the environment's.
        if (value != null && !value.equals("NaN") && !option.longestName().equals("--runs")) {
          assertThat(rows(name).get(names(option)))
              .as("%s %s", name, option.longestName())
              .isEqualTo("`" + value + "`");
        }
      }
    });
  }

  @Test
  void exitCodesAreListed() {
    assertThat(
            sections
                .getOrDefault("Exit codes", "")
                .lines()
                .map(line -> line.replaceFirst("\\| ([0-9]+) \\|.*", "$1"))
                .filter(line -> line.matches("[0-9]+"))
                .map(Integer::valueOf))
        .containsExactly(
            ExitCode.OK,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.VOID,
            ExitCode.THRESHOLD,
            ExitCode.DEFECT,
            ExitCode.LOOP_DEAD,
            ExitCode.INTERRUPTED,
            ExitCode.KILLED);
  }

  /// The default in the table by the names in the first cell, of a section and those it refers to.
  private Map<String, String> rows(String heading) {
    String text = sections.getOrDefault(heading, "");
    var rows = new HashMap<String, String>();
    text.lines()
        .map(line -> line.replace("\\|", "/"))
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> rows.put(row.group(1).replace("`", ""), row.group(3)));
    LINK.matcher(text)
        .results()
        .map(link -> Character.toUpperCase(link.group(1).charAt(0)) + link.group(1).substring(1))
        .forEach(shared -> rows.putAll(rows(shared)));
    return rows;
  }

  /// As the table has them, the short ones first.
  private static String names(OptionSpec option) {
    return Arrays.stream(option.names())
        .sorted(Comparator.comparingInt(String::length))
        .collect(Collectors.joining(", "));
  }

  /// Picocli formats descriptions, and prints a warning of its own where one is no format.
  @Test
  void everyDescriptionIsAFormat() {
    commands((name, options) ->
        options.forEach(option -> {
          for (String line : written(option)) {
            assertThatCode(() -> String.format(line))
                .as("%s %s: write a percent sign twice", name, names(option))
                .doesNotThrowAnyException();
          }
        }));
  }

  /// The description as the source has it.
  private static String[] written(OptionSpec option) {
    Option annotation =
        option.userObject() instanceof AnnotatedElement field
            ? field.getAnnotation(Option.class)
            : null;
    return annotation == null ? new String[0] : annotation.description();
  }

  private static void commands(BiConsumer<String, List<OptionSpec>> visitor) {
    visit(Weir.commandLine(), visitor);
  }

  private static void visit(CommandLine command, BiConsumer<String, List<OptionSpec>> visitor) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden()) {
      return;
    }
    visitor.accept(
        spec.qualifiedName(),
        spec.options().stream()
            .filter(option -> !option.hidden() && !HelpPages.isGeneral(option))
            .toList());
    command.getSubcommands().values().forEach(below -> visit(below, visitor));
  }
}
