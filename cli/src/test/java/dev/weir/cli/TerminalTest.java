package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.Visible;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that comes from elsewhere steers the terminal.
class TerminalTest {
  private static final String NASTY = "\u001b]0;owned\u0007\u001b[2J\u009b1mweb\u202e\r\u007f";
  private static final String VISIBLE =
      "\\u001b]0;owned\\u0007\\u001b[2J\\u009b1mweb\\u202e\\u000d\\u007f";

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void controlsAreVisibleInEveryKindOfLine() {
    Terminal terminal = terminal(true);
    terminal.print(NASTY);
    terminal.report(NASTY);
    terminal.live(NASTY + "\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(VISIBLE + "\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(VISIBLE + "\n\r\u001b[K" + VISIBLE + "\\n");
  }

  @Test
  void stylesAreOurs() {
    Terminal person = terminal(true);
    person.print(person.red("bad: " + NASTY) + person.bold("x"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[31mbad: " + VISIBLE + "\u001b[0m\u001b[1mx\u001b[0m\n");
  }

  @Test
  void aPipeGetsNoStyles() {
    Terminal pipe = terminal(false);
    pipe.print(pipe.red("bad"));
    pipe.live("nobody looks");
    pipe.clearScreen();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("bad\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void tablesStayInTheirColumns() {
    var table = new TextTable("NAME", "NODE");
    table.add("a\nb\u001b[2J", "n");
    assertThat(table.lines()).containsExactly("NAME           NODE", "a\\nb\\u001b[2J  n");
  }

  /// What a command prints by itself takes the same way.
  @Test
  void messagesOfCommandsAreVisibleToo() {
    Ran ran = Ran.weir("runs", "show", "no\u001b[2Jsuch\u202e");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("no\\u001b[2Jsuch\\u202e").doesNotContain("\u001b", "\u202e");
  }

  /// A run of another machine says what it likes of itself.
  @Test
  void runsOfOthersAreShownVisibly() {
    Path kept = folder.resolve("kept");
    var info =
        new RunInfo(
            NASTY, NASTY, Instant.parse("2026-11-22T10:00:00Z"), NASTY, 1, Map.of("a", NASTY));
    try (RunWriter writer = RunFolder.create(kept, info)) {
      writer.request(new RequestRecord(0, 0, 1, 2, 200, 1, NASTY, ""));
      writer.event(new RunEvent(info.startedAt(), RunEvent.RECORD_LOST, NASTY, NASTY));
    }
    for (String command :
        List.of("runs ls --runs " + folder, "runs show " + kept, "report " + kept)) {
      Ran ran = Ran.weir(command);
      assertThat(ran.code()).as(command).isEqualTo(ExitCode.OK);
      assertThat(ran.out()).as(command).contains("web\\u202e");
      assertThat((ran.out() + ran.err()).chars().filter(c -> Visible.isControl((char) c)))
          .as(command)
          .isEmpty();
    }
  }

  private Terminal terminal(boolean person) {
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        person);
  }
}
