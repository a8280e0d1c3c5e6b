package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/from-the-tutorial.md shows commands that exist, with options that exist.
final class FromTheTutorialTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "from-the-tutorial.md");

  /// Within backquotes, variables of the environment before it.
  private static final Pattern COMMAND = Pattern.compile("`(?:[A-Z_]+=\\S+ )?(weir [a-z][^`]*)`");

  @Test
  void everyCommandIsUnderstood() throws IOException {
    List<String> commands =
        COMMAND
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(FromTheTutorialTest::text)
            .toList();
    assertThat(commands).hasSizeGreaterThan(20);
    for (String command : commands) {
      String[] words = command.substring("weir ".length()).split(" ", -1);
      if (words.length > 1) {
        assertThatCode(() -> Weir.commandLine().parseArgs(words))
            .as(command)
            .doesNotThrowAnyException();
      }
    }
  }

  private static String text(MatchResult match) {
    return match.group(1);
  }
}
