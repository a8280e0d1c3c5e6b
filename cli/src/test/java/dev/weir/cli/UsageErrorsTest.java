package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.option.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A command line that cannot be read gets one line, with the name that was probably meant.
final class UsageErrorsTest {
  private final StringWriter err = new StringWriter();

  @Test
  void unknownNamesGetASuggestion() {
    assertResponse("laod: not a command of 'weir'; did you mean load?", "laod");
    assertResponse("laod: not a command of 'weir'; did you mean load?", "help", "laod");
    assertResponse("lss: not a command of 'weir runs'; did you mean ls?", "runs", "lss");
    assertResponse("--lamda: unknown option; did you mean --lambda?", "calibrate", "--lamda=4");
    assertResponse("--zzzzzzzz: unknown option", "calibrate", "--zzzzzzzz");
    assertResponse("x: one argument too many for 'weir completion'", "completion", "x");
  }

  @Test
  void aRunThatCannotBeSentLeavesNoFolder(@TempDir Path folder) {
    Path out = folder.resolve("run");
    // Nothing listens on port 1.
    int code =
        run("load", "--url", "http://127.0.0.1:1/", "--lambda", "4", "--out", out.toString());
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(out).satisfies(path -> assertThat(Files.exists(path)).isFalse());
  }

  /// An argument that begins with @ is a value of an option, of any command: its file is the
  /// option's to read, and no list of arguments.
  @Test
  void noCommandReadsArgumentsFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "--help\n");
    List<CommandLine> all = commands(Weir.commandLine());
    assertThat(all).hasSizeGreaterThan(30);
    assertThat(all).noneMatch(CommandLine::isExpandAtFiles);
    assertResponse(
        "@" + file + ": one argument too many for 'weir completion'", "completion", "@" + file);
  }

  private static List<CommandLine> commands(CommandLine command) {
    var all = new ArrayList<CommandLine>(List.of(command));
    command.getSubcommands().values().forEach(below -> all.addAll(commands(below)));
    return all;
  }

  private void assertResponse(String message, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines().findFirst()).hasValue("weir: " + message);
    assertThat(err.toString().lines()).hasSize(2);
  }

  private int run(String... args) {
    CommandLine command = Weir.commandLine();
    return command.setErr(new PrintWriter(err, true)).execute(args);
  }
}
