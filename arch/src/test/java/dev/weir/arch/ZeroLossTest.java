package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// No request is lost while a real swarm updates, scales, kills and moves the tasks of a service.
///
/// Needs root and some ten minutes: `sudo ./mvnw verify -pl arch -am -Dtestbed=true`. The long form
/// is `sudo testbed/zero-loss`.
@EnabledIfSystemProperty(named = "testbed", matches = "true")
final class ZeroLossTest {
  private static final Path TESTBED = Path.of("..", "testbed");
  private static final long MINUTES_MAX = 15;

  @Test
  void noRequestIsLostWhileTasksComeAndGo() throws Exception {
    run("up");
    run("images", "primecheck", "weir");
    assertThat(run("zero-loss", "--short")).contains("GET lost 0,", "POST begun twice 0 ");
  }

  private static String run(String command, String... args) throws Exception {
    var builder = new ProcessBuilder(TESTBED.resolve(command).toString());
    builder.command().addAll(List.of(args));
    Process process = builder.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String out = text(process);
      assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as(out).isTrue();
      assertThat(process.exitValue()).as("testbed/%s: %s", command, out).isZero();
      return out;
    } finally {
      process.destroy();
    }
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
