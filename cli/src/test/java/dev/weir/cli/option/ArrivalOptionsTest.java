package dev.weir.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.arrivals.FoldedNormal;
import dev.weir.arrivals.Gamma;
import dev.weir.arrivals.Mmpp;
import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.arrivals.TruncatedNormal;
import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is typed becomes the schedule that is meant, or one message that says all that is wrong.
class ArrivalOptionsTest {
  @Test
  void poissonIsTheDefault() {
    Schedule schedule = schedule("--lambda", "4", "--seed", "7");
    assertThat(schedule.law()).isEqualTo(new Poisson(4));
    assertThat(schedule.size()).isEqualTo(30);
    assertThat(schedule.seed()).isEqualTo(7);
    assertThat(ArrivalOptions.describe(schedule))
        .isEqualTo(
            "poisson(lambda=4), 30 arrivals, seed 7; mean gap 0.250000 s (4.00000/s), cov 1.000");
  }

  @Test
  void theTutorialsSpellingWorks() {
    assertThat(schedule("--time-dist", "poisson", "--lamb", "0.5", "--iter", "3").size())
        .isEqualTo(3);
    assertThat(schedule("--law", "NORMAL", "--mu", "1", "--sigma", "0.5").law())
        .isEqualTo(new TruncatedNormal(1, 0.5));
    assertThat(schedule("--law", "normal", "--normal", "fold", "--mu", "1", "--sigma", "0.5").law())
        .isEqualTo(new FoldedNormal(1, 0.5));
  }

  @Test
  void otherLawsTakeTheirOwnParameters() {
    assertThat(schedule("--law", "gamma", "--lambda", "4", "--cov", "2").law())
        .isEqualTo(new Gamma(0.25, 2));
    String[] mmpp = {"--law=mmpp", "--lambda1=90", "--lambda2=0", "--sojourn1=1", "--sojourn2=2"};
    assertThat(schedule(mmpp).law()).isEqualTo(new Mmpp(90, 0, 1, 2));
  }

  @Test
  void aRandomSeedCanBeRepeated() {
    Schedule first = schedule("--lambda", "4");
    Schedule again = schedule("--lambda", "4", "--seed", Long.toString(first.seed()));
    assertThat(again.dueNanos(29)).isEqualTo(first.dueNanos(29));
  }

  @Test
  void byDurationAndConditioned() {
    assertThat(schedule("--lambda", "100", "--duration", "20s", "--seed", "1").size())
        .isBetween(1800, 2200);
    Schedule exact = schedule("--lambda", "100", "--conditioned", "--duration", "20s");
    assertThat(exact.size()).isEqualTo(2000);
    assertThat(exact.describe()).contains(" conditioned, 2000 arrivals");
    assertThat(schedule("--lambda", "100", "--conditioned", "--iter", "7").spanNanos())
        .isEqualTo(70_000_000);
  }

  @Test
  void tracesAreReadFromFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("gaps.txt");
    Files.writeString(file, "# recorded\n0.1\n\n 0.3 # a pause\n");
    Schedule schedule = schedule("--trace", file.toString(), "--iter", "4");
    assertThat(schedule.spanNanos()).isEqualTo(800_000_000);
    assertThat(schedule.law().describe()).isEqualTo("trace(gaps=2)");
    Files.writeString(file, "0.1\nsoon\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("--trace", file.toString()))
        .withMessage(
            "arrivals: --trace: %s line 2: soon (expected: seconds, >= 0)".formatted(file));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("--trace", file + ".not"))
        .withMessageEndingWith(
            "(expected: a text file of gaps in seconds, one a line; NoSuchFileException)");
  }

  @Test
  void reportsEverythingAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            schedule(
                "--law",
                "normal",
                "--lambda",
                "4",
                "--mu",
                "1",
                "--sigma",
                "-1",
                "--iter",
                "0",
                "--duration",
                "3s",
                "--conditioned"))
        .withMessage(
            """
            arrivals: 5 problems
              - --iter: 0 (expected: not beside --duration)
              - --iter: 0 (expected: 1 to 20000000)
              - --conditioned: normal (expected: --time-dist poisson)
              - --sigma: -1.0 (expected: > 0; for no spread at all use --time-dist constant)
              - --lambda: not for normal (normal takes --mu, --sigma)\
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("--law", "possion"))
        .withMessageContaining("did you mean poisson?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("--normal", "fold", "--lambda", "1"))
        .withMessage("arrivals: --normal: fold (expected: only beside --time-dist normal)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("--law", "trace", "--lambda", "1"))
        .withMessageContaining("--lambda: not for trace")
        .withMessageContaining("--trace: missing");
  }

  @Test
  void aSpanWithoutArrivalsIsRefused() {
    assertThatThrownBy(() -> schedule("--law=constant", "--mean=5", "--duration=3s", "--seed=1"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--duration: PT3S (expected: long enough for an arrival of constant(mean=5), seed 1)");
    assertThatThrownBy(() -> schedule("--lambda=0.1", "--duration=3s", "--conditioned"))
        .hasMessage("--duration: PT3S (expected: 1 to 20000000 arrivals of poisson(lambda=0.1))");
  }

  private static Schedule schedule(String... args) {
    var probe = new Probe();
    new CommandLine(probe).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    return probe.arrivals.schedule();
  }

  /// A command with nothing but these options.
  @Command(name = "probe")
  private static final class Probe {
    @Mixin private final ArrivalOptions arrivals = new ArrivalOptions();
  }
}
