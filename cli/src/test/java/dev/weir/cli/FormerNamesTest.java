package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.FormerNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Former names work, say what they are called now, and are documented.
final class FormerNamesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (?:option|label|metric) \\| `(.*?)` \\| `(.*?)` \\|");

  @Test
  void formerOptionsArePresentOnesByAnotherName() {
    FormerNames.OPTIONS.forEach((former, present) -> {
      String[] words = former.split(" ", 2);
      CommandLine command =
          Objects.requireNonNull(Weir.commandLine().getSubcommands().get(words[0]));
      assertThat(command.getCommandSpec().findOption(present)).isNotNull();
      assertThat(command.getCommandSpec().findOption(words[1])).isNull();
      List<String> notices = new ArrayList<>();
      assertThat(FormerOptions.renamed(new String[] {words[0], words[1] + "=7"}, notices::add))
          .containsExactly(words[0], present + "=7");
      assertThat(notices).singleElement().asString().contains(words[1]).contains(present);
    });
    assertThat(FormerNames.OPTIONS).isNotEmpty();
  }

  @Test
  void otherCommandsAndWhatFollowsTwoHyphensStayAsTheyAre() {
    List<String> notices = new ArrayList<>();
    String[] load = {"load", "--backend", "x"};
    String[] ended = {"balance", "--", "--backend", "x"};
    assertThat(FormerOptions.renamed(load, notices::add)).isEqualTo(load);
    assertThat(FormerOptions.renamed(ended, notices::add)).isEqualTo(ended);
    assertThat(notices).isEmpty();
  }

  @Test
  void theSettingsPageListsThemAll() throws IOException {
    Stream<String> others =
        Stream.concat(
            FormerNames.LABELS.entrySet().stream().map(name -> name.getKey() + name.getValue()),
            FormerNames.METRICS.entrySet().stream()
                .map(name -> name.getValue() + "_total" + name.getKey() + "_total"));
    var known =
        Stream.concat(
                others,
                FormerNames.OPTIONS.entrySet().stream()
                    .map(name -> name.getKey() + name.getValue()))
            .collect(Collectors.toCollection(TreeSet::new));
    var documented =
        ROW.matcher(Files.readString(Path.of("..", "docs", "settings.md")))
            .results()
            .map((MatchResult row) -> row.group(1) + row.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(known);
  }
}
