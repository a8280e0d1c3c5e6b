package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.option.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that talk to an Engine, without one: what is said of a line that cannot work.
class EngineCommandsTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void withoutAnEngineOneLineSaysWhatToDo() {
    String nobody = "unix://" + folder.resolve("nobody");
    String reported =
        nobody + ": there is no such socket (start Docker: sudo systemctl start docker";
    assertResponse(ExitCode.FAILED, reported, "swarm", "status", "-H", nobody);
    assertResponse(ExitCode.FAILED, reported, "app", "ls", "--host", nobody);
    assertResponse(ExitCode.FAILED, reported, "app", "run", "nginx", "-p", "80:80", "-H", nobody);
  }

  @Test
  void whatIsWrongIsSaidBeforeTheEngineIsAsked() {
    assertResponse(
        ExitCode.USAGE, "--publish: 80:x (expected: ", "app", "run", "nginx", "-p", "80:x");
    assertResponse(ExitCode.USAGE, "--env: A (expected: NAME=VALUE)", "app", "run", "a", "-e", "A");
    assertResponse(ExitCode.USAGE, "IMAGE: a b (expected: ", "app", "run", "a b");
    assertResponse(
        ExitCode.USAGE, "--host, --context: both given", "app", "ls", "-H", "h", "--context", "c");
    assertResponse(
        ExitCode.USAGE, "--host, --cluster: both given", "app", "ls", "-H", "h", "--cluster", "c");
    assertResponse(
        ExitCode.USAGE, "--cluster: no-such (expected: ", "stack", "ls", "--cluster", "no-such");
    assertResponse(ExitCode.USAGE, "NAME: no-such (expected: ", "cluster", "context", "no-such");
    assertResponse(
        ExitCode.USAGE, "--host: ftp://h (expected: ", "swarm", "leave", "-H", "ftp://h");
    assertResponse(
        ExitCode.USAGE,
        "socket-proxy: --allow: all (expected: balance, scale, agent, console or console-write, ",
        "socket-proxy",
        "--allow",
        "all");
    assertResponse(
        ExitCode.USAGE,
        "socket-proxy: --listen: nowhere (expected: ",
        "socket-proxy",
        "--listen",
        "nowhere");
    assertResponse(
        ExitCode.USAGE,
        "--token-file: /no/such (expected: a readable file; ",
        "swarm",
        "join",
        "m1",
        "--token-file",
        "/no/such");
  }

  private void assertResponse(int code, String message, String... args) {
    err.getBuffer().setLength(0);
    assertThat(Weir.commandLine().setErr(new PrintWriter(err, true)).execute(args)).isEqualTo(code);
    assertThat(err.toString()).startsWith("weir: " + message);
    assertThat(err.toString().lines()).hasSize(1);
  }
}
