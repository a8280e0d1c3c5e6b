package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
    assertThat(settings.exitOnTerm()).isFalse();
    assertThat(settings.testHooks()).isFalse();
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
  void switchesStandAloneOrAreTrueOrFalse() {
    assertThat(SettingsReader.read(List.of("--test-hooks"), Map.of()).testHooks()).isTrue();
    assertThat(SettingsReader.read(List.of(), Map.of("EXIT_ON_TERM", "true")).exitOnTerm())
        .isTrue();
    assertThat(
            SettingsReader.read(List.of("--test-hooks=false"), Map.of("TEST_HOOKS", "TRUE"))
                .testHooks())
        .isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsReader.read(List.of(), Map.of("TEST_HOOKS", "1")))
        .withMessage("--test-hooks: 1 (expected: true or false)");
  }

  @Test
  void reportsAllProblemsInOneLine() {
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
    assertThat(SettingsReader.FLAGS).allSatisfy(f -> assertThat(usage).contains("--" + f + " "));
    assertThat(SettingsReader.SWITCHES).allSatisfy(f -> assertThat(usage).contains("--" + f + " "));
  }

  @Test
  void theDocumentListsEveryFlagAndNoOther() throws IOException {
    List<String> rows =
        Files.readString(Path.of("..", "docs", "settings.md"))
            .split("### primecheck", 2)[1]
            .lines()
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.startsWith("| --"))
            .map(line -> line.replaceFirst("\\| --(.*?) \\| (.*?) \\|.*", "$1 $2"))
            .toList();
    List<String> known =
        Stream.concat(SettingsReader.FLAGS.stream(), SettingsReader.SWITCHES.stream())
            .map(flag -> flag + " `" + flag.toUpperCase(Locale.ROOT).replace('-', '_') + "`")
            .toList();
    assertThat(rows).containsAll(known).hasSize(known.size() + 1); // and --until-stdin-closes
  }
}
