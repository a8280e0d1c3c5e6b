package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as text; [BrowserTest] looks at it in a browser.
final class ReportTest {
  private static final long BYTES_MAX = 3_000_000;

  @TempDir private Path folder;

  @Test
  void whatRunsSayStaysText() throws IOException {
    RunRecord usual = SyntheticRun.usual("weir");
    String evil = "</script><img src=x onerror=alert(1)>\"'&";
    var info = new RunInfo(evil, evil, SyntheticRun.START, evil, 1, Map.of(evil, evil));
    var run =
        new RunRecord(info, usual.requests(), usual.samples(), usual.events(), usual.certificate());
    String page = written(List.of(run), evil);
    assertThat(page).doesNotContain("<img src=x").contains("&lt;/script&gt;&lt;img src=x");
    assertThat(page.split("</script>", -1)).hasSize(4);
  }

  @Test
  void forbidsAndNamesNoOtherPlace() throws IOException {
    String page = written(List.of(SyntheticRun.usual("weir")), "t");
    assertThat(page).contains("default-src 'none'");
    assertThat(page).doesNotContainPattern("(src|href)=\"http").doesNotContain("<link");
  }

  @Test
  void aRunThatWasCutOffSaysSo() throws IOException {
    String page = written(List.of(SyntheticRun.cutOff(SyntheticRun.usual("weir"))), "t");
    assertThat(page).contains("this run was cut off");
  }

  @Test
  void namesWhatDiffersBetweenRuns() throws IOException {
    String page =
        written(List.of(SyntheticRun.usual("round-robin"), SyntheticRun.usual("weir")), "t");
    assertThat(page)
        .containsPattern("<tr class=\"differs\"><th scope=\"row\">policy")
        .containsPattern("<tr><th scope=\"row\">replicas");
  }

  @Test
  void aMillionRequestsFit() throws IOException {
    RunRecord big = SyntheticRun.of("round-robin", 300, 1_000_000, 50);
    written(List.of(big, big), "t");
    assertThat(Files.size(folder.resolve("page.html"))).isLessThan(BYTES_MAX);
  }

  /// The number of the sentence is the one that is marked.
  @Test
  void aPromiseIsSized() throws IOException {
    RunRecord run = SyntheticRun.usual("weir");
    Path file = folder.resolve("page.html");
    Report.write(file, List.of(run, run), "t", Optional.of(Promise.parse("p99<2s")));
    String page = Files.readString(file);
    assertThat(page).contains("id=\"sizing\"", "Replicas for p99&lt;2s", "promised");
    assertThat(page.split("least that keeps the promise", -1)).hasSize(3);
    assertThat(page)
        .containsPattern("class=\"why\">\\d+ replicas?: p99 is [\\d.]+ m?s, within p99");
    assertThat(page.split("<svg", -1)).hasSize(3);
  }

  @Test
  void withoutAPromiseTheSizingShowsWhereMoreHardlyHelp() throws IOException {
    String page = written(List.of(SyntheticRun.usual("weir")), "t");
    assertThat(page)
        .contains("p99 by number of replicas", "waiting adds less than 5 %")
        .doesNotContain("least that keeps the promise", ">promised<");
  }

  @Test
  void tooFewRequestsAreNotSized() throws IOException {
    String page = written(List.of(SyntheticRun.of("weir", 20, 50, 3)), "t");
    assertThat(page).doesNotContain("id=\"sizing\"");
  }

  @Test
  void whatIsMissingIsSaidAboveTheFigures() throws IOException {
    RunRecord usual = SyntheticRun.usual("weir");
    var kept = usual.requests().subList(0, usual.requests().size() - 100);
    var events =
        List.of(
            new RunEvent(
                SyntheticRun.START,
                RunEvent.RECORD_LOST,
                "",
                "100 records could not be kept: No space left on device"));
    var run = new RunRecord(usual.info(), kept, usual.samples(), events, usual.certificate());
    String page = written(List.of(run), "t");
    assertThat(page)
        .contains("<p class=\"warning\">weir: 100 of ")
        .contains("100 records could not be kept: No space left on device");
    assertThat(page.indexOf("are missing from the record"))
        .isLessThan(page.indexOf("id=\"headline\""));
    assertThat(RunsSideBySide.of(List.of(run)).lines().getFirst()).startsWith("weir: 100 of ");
    assertThat(RunsSideBySide.of(List.of(usual)).lines().getFirst()).doesNotContain("missing");
  }

  @Test
  void whatSteersATerminalIsVisible() throws IOException {
    RunRecord usual = SyntheticRun.usual("we\u001b[2Jir\u202e");
    assertThat(written(List.of(usual), "t\u0007")).doesNotContain("\u001b", "\u202e", "\u0007");
    assertThat(String.join("", RunsSideBySide.of(List.of(usual)).lines()))
        .contains("we\\u001b[2Jir");
  }

  @Test
  void aDraftOfAnotherIsLeftAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("page.html.part"), "precious");
    written(List.of(SyntheticRun.usual("weir")), "t");
    assertThat(other).hasContent("precious");
  }

  @Test
  void refusesMoreRunsThanFit() {
    RunRecord run = SyntheticRun.usual("weir");
    assertThatThrownBy(() -> Report.write(folder.resolve("x"), Collections.nCopies(9, run), "t"))
        .hasMessage("runs: 9 (expected: 1 to 8)");
  }

  private String written(List<RunRecord> runs, String title) throws IOException {
    Path file = folder.resolve("page.html");
    Report.write(file, runs, title);
    return Files.readString(file);
  }
}
