package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settings come from flags and environment.
class SettingsReaderTest {
  @Test
  void hasDefaults() {
    Settings settings = SettingsReader.read(List.of(), Map.of());
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.address()).isEqualTo("0.0.0.0");
    assertThat(settings.cpus()).isInfinite();
    assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.ledger()).isNull();
  }

  @Test
  void flagsWinOverTheEnvironment() {
    Map<String, String> environment =
        Map.of("PORT", "9000", "WORK_MILLIS", "5", "WORK_DIST", "Exponential", "NAME", "");
    Settings settings = SettingsReader.read(List.of("--port", "9001"), environment);
    assertThat(settings.port()).isEqualTo(9001);
    assertThat(settings.workMillis()).isEqualTo(5);
    assertThat(settings.workShape()).isEqualTo(WorkLaw.Shape.EXPONENTIAL);
    assertThat(settings.name()).isEmpty();
  }

  @Test
  void tellsAllProblemsInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SettingsReader.read(
                List.of("--work-dist=even", "--cpu", "--threads"), Map.of("CPUS", "NaN")))
        .withMessage(
            "--cpu: unknown (expected: a flag that --help lists); --threads: no value (expected:"
                + " one after it); --work-dist: even (expected: [fixed, exponential,"
                + " hyperexponential]); --cpus: NaN (expected: >= 0.01 and <= 1024)");
  }

  @Test
  void helpNamesEveryFlag() {
    String usage = SettingsReader.USAGE;
    for (String flag : SettingsReader.FLAGS) {
      assertThat(usage).contains("--" + flag + " ");
    }
  }
}
