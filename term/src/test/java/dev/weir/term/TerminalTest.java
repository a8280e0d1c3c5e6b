package dev.weir.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Nothing that comes from elsewhere steers the terminal.
class TerminalTest {
  private static final String NASTY = "\u001b]0;owned\u0007\u001b[2J\u009b1mweb\u202e\r\u007f";
  private static final String VISIBLE =
      "\\u001b]0;owned\\u0007\\u001b[2J\\u009b1mweb\\u202e\\u000d\\u007f";

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
    pipe.live("not shown");
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

  private Terminal terminal(boolean person) {
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        person);
  }
}
