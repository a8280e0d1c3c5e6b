package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Poisson;
import dev.weir.balance.PolicySpec;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Variant;
import dev.weir.stats.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `weir compare` short of its processes, which a test in arch starts.
final class CompareCommandTest {
  @Test
  void mistakesAreReportedTogether() {
    Ran ran =
        Ran.weir(
            "compare --policies weri,round-robin --rounds 1 --rho 2 --duration 1ms --port-base 1"
                + " --cpus 0 --work-dist exp");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--policies: weri", "did you mean weir?", "--rounds: 1 (expected: 2 to 50)")
        .contains("--rho: 2.0", "--duration: 0 s", "--port-base: 1 ", "--work-dist: exp")
        .doesNotContain("\tat ");
  }

  @Test
  void needsTwoOfOneKind() {
    assertThat(Ran.weir("compare").err()).contains("--policies, --images, --replica-counts: none");
    assertThat(Ran.weir("compare --policies weir").err()).contains("2 to 12 to compare");
    assertThat(Ran.weir("compare --policies weir,weir").err()).contains("each only once");
    assertThat(Ran.weir("compare --images a,b").err()).contains("--service: none");
    assertThat(Ran.weir("compare --policies weir,random --url http://x/").err())
        .contains("--url: given (expected: only beside --service)");
  }

  @Test
  void policyIsReadFromTheBalancersStatus() {
    String two =
        "{\"services\": [{\"name\": \"api\", \"routes\": [\"*/\"], \"policy\": \"random\"},"
            + "{\"name\": \"web\", \"routes\": [\"*/\"], \"policy\": \"round-robin\"}]}";
    assertThat(shows(two, "web", "round-robin")).isTrue();
    assertThat(shows(two, "api", "random")).isTrue();
    assertThat(shows(two, "api", "round-robin")).isFalse();
    assertThat(shows("{\"policy\":\"weir\"}", "web", "weir=4")).as("no replica").isTrue();
    assertThat(shows("{}", "web", "weir")).isFalse();
  }

  @Test
  void limitIsReadFromTheReasonsOfReplicas() {
    String page =
        "{\"services\":[{\"name\":\"api\",\"policy\":\"weir\",\"replicas\":[]},{\"name\":\"web\",\"policy\":"
            + "\"weir\",\"replicas\":[{\"id\":\"web.1\",\"limitReason\":\"%s\"}]}]}";
    String fixed = page.formatted("set to 4");
    assertThat(shows(fixed, "web", "weir=4")).isTrue();
    assertThat(shows(fixed, "web", "weir=40")).isFalse();
    assertThat(shows(fixed, "web", "weir")).isFalse();
    assertThat(shows(fixed, "api", "weir")).as("without replicas").isTrue();
    assertThat(shows(page.formatted("off"), "web", "weir=off")).isTrue();
    assertThat(shows(page.formatted("closed at 4: 312 completions"), "web", "weir=auto")).isTrue();
  }

  private static boolean shows(String page, String service, String policy) {
    return CompareSwarm.shows(page, service, CompareVariant.Policy.parse("--policies", policy));
  }

  @Test
  void weirTakesALimit() {
    assertThat(
            Stream.of("weir", "weir=auto", "WEIR=4", "weir=off", "random")
                .map(text -> CompareVariant.Policy.parse("--policies", text).label()))
        .containsExactly("weir", "weir", "weir=4", "weir=off", "random");
    assertThat(Ran.weir("compare --policies weir,weir=auto").err()).contains("each only once");
    assertThat(Ran.weir("compare --policies weir,weir=0,random=4,wier=2").err())
        .contains(
            "--policies: weir=0 (expected: weir=auto, weir=off or weir=N with N from 1 to 100000)")
        .contains("--policies: random=4 (expected: a limit only for the policy weir, as in weir=4)")
        .contains("--policies: wier (expected: one of weir,");
  }

  /// At 75 % load the mean at a single server is the same whoever balances before it; of four,
  /// round robin does worse.
  @Test
  void predictsRatiosOfTheBaseline() {
    assertThat(predicted(1).get("round-robin")).isCloseTo(1, within(.25));
    Map<String, Double> four = predicted(4);
    assertThat(four).containsEntry("weir", 1.0);
    assertThat(four.get("round-robin")).isBetween(1.2, 3.5);
    assertThat(predicted(4)).as("the same seed").isEqualTo(four);
  }

  private static Map<String, Double> predicted(int servers) {
    var cases = new LinkedHashMap<String, ComparePrediction.Case>();
    List<ServerSpec> all = Collections.nCopies(servers, ServerSpec.of(1, 1));
    cases.put("weir", new ComparePrediction.Case(Variant.of(PolicySpec.WEIR), all));
    cases.put("round-robin", new ComparePrediction.Case(Variant.of(PolicySpec.ROUND_ROBIN), all));
    return new ComparePrediction(
            new Poisson(50 * servers),
            LocalWork.DEMO.law(),
            "10 ms",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            cases)
        .ratios(Measure.MEAN, 7);
  }

  /// 120 requests between two samples that are a second of CPU apart.
  @Test
  void costOfARequestIsWhatWasUsedBetweenSamples() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    var requests = new ArrayList<RequestRecord>();
    for (int i = 0; i < 120; i++) {
      long due = i * 20_000_000L;
      requests.add(new RequestRecord(i, due, due, due + 1, 200, 1, "r", ""));
    }
    var info = new RunInfo("a", "a", start, "", 1, Map.of());
    // What was used long before and long after the load does not count.
    List<ContainerSample> samples =
        List.of(
            sample(start.minusSeconds(9), 2),
            sample(start, 5),
            sample(start.plusNanos(1_200_000_000L), 5),
            sample(start.plusNanos(2_380_000_002L), 6),
            sample(start.plusSeconds(9), 8));
    var run = new RunRecord(info, requests, Map.of("r", samples), List.of(), Optional.empty());
    assertThat(CpuCost.of(run).orElseThrow().millis()).isCloseTo(1000 / 120.0, within(.001));
    assertThat(
            CpuCost.of(
                new RunRecord(info, List.of(), Map.of("r", samples), List.of(), Optional.empty())))
        .isEmpty();
  }

  private static ContainerSample sample(Instant at, long cpuSeconds) {
    return new ContainerSample("r", "n", at, cpuSeconds * 1_000_000_000L, -1, -1, 0, 0);
  }
}
