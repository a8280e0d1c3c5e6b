package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The headline figures and the sentence about them.
final class RunsSideBySideTest {
  private static final RunRecord SLOW = SyntheticRun.usual("round-robin");
  private static final RunRecord QUICK = SyntheticRun.usual("weir");

  @Test
  void ratiosReferToTheFirstRun() {
    RunsSideBySide comparison = RunsSideBySide.of(List.of(SLOW, QUICK));
    Row p99 = row(comparison, "p99");
    assertThat(p99.ratio(0)).isEqualTo(1);
    assertThat(p99.ratio(1)).isEqualTo(p99.values().get(1) / p99.values().get(0));
    assertThat(p99.better(1)).isTrue();
    assertThat(p99.better(0)).isFalse();
    assertThat(row(comparison, "requests").better(0)).isFalse();
  }

  @Test
  void statesTheDifferenceInOneSentence() {
    assertThat(RunsSideBySide.of(List.of(SLOW, QUICK)).sentence())
        .matches(
            "At the same 20 req/s, weir's p99 is 0\\.\\d+× that of round-robin .*"
                + "with 3 failed in each\\. But with a reservation:.*DEGRADED in round-robin\\.");
  }

  @Test
  void reportsThatARunWasCutOff() {
    assertThat(RunsSideBySide.of(List.of(SyntheticRun.cutOff(QUICK))).sentence())
        .contains("Cut off before its end: weir.");
  }

  @Test
  void reportsThatThereWasNothing() {
    RunRecord nothing =
        new RunRecord(QUICK.info(), List.of(), Map.of(), List.of(), Optional.empty());
    RunsSideBySide comparison = RunsSideBySide.of(List.of(nothing));
    assertThat(comparison.sentence()).isEqualTo("No requests were recorded.");
    assertThat(row(comparison, "p99").text(0)).isEqualTo("–");
  }

  @Test
  void failuresAreCountedAndNotAveragedIn() {
    Summary summary =
        Summary.of(
            run(
                "a",
                request(0, 10, 200, ""),
                request(1, 20, 200, ""),
                request(2, 1, 503, ""),
                request(3, 9_000, 0, "timeout")));
    assertThat(summary.failed()).isEqualTo(2);
    assertThat(summary.failures())
        .containsOnly(Map.entry("status 503", 1L), Map.entry("timeout", 1L));
    assertThat(summary.p50Millis()).isEqualTo(10);
    assertThat(summary.maxMillis()).isEqualTo(20);
    assertThat(summary.share("r")).isEqualTo(1);
  }

  @Test
  void runsOfOneTitleAreDistinguished() {
    assertThat(RunsSideBySide.labels(List.of(run("a"), run("b"))))
        .containsExactly("t (a)", "t (b)");
  }

  @Test
  void printsATable() {
    List<String> lines = RunsSideBySide.of(List.of(SLOW, QUICK)).lines();
    assertThat(lines.getFirst()).contains("round-robin", "weir");
    assertThat(lines).anyMatch(line -> line.matches("p99 .* ms .* ms \\* +0\\.\\d+×"));
    assertThat(lines).anyMatch(line -> line.matches("share of primecheck.3 +33.* % .*"));
  }

  @Test
  void sortsNumberedNamesAsReadersDo() {
    var names = new ArrayList<>(List.of("web.10", "web.2", "db", "web.02", "web"));
    names.sort(NaturalOrder.NAMES);
    assertThat(names).containsExactly("db", "web", "web.02", "web.2", "web.10");
  }

  @Test
  void writesFiguresForReaders() {
    assertThat(FigureText.number(1234.5)).isEqualTo("1,235");
    assertThat(FigureText.number(99.96)).isEqualTo("100");
    assertThat(FigureText.number(12.34)).isEqualTo("12.3");
    assertThat(FigureText.number(0.00012)).isEqualTo("0.00012");
    assertThat(FigureText.millis(Double.NaN)).isEqualTo("–");
    assertThat(FigureText.percent(0.0001)).isEqualTo("< 0.1 %");
  }

  private static Row row(RunsSideBySide comparison, String name) {
    return comparison.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static RunRecord run(String id, RequestRecord... requests) {
    return new RunRecord(
        new RunInfo(id, "t", SyntheticRun.START, "weir", 1, Map.of()),
        List.of(requests),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  private static RequestRecord request(int number, long millis, int status, String error) {
    return new RequestRecord(number, 0, 0, millis * 1_000_000, status, 0, "r", error);
  }
}
