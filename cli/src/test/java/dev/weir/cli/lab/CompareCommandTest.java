package dev.weir.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Ran;
import dev.weir.cli.option.ExitCode;
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
    assertThat(Ran.weir("compare").err())
        .contains("--policies, --images, --replica-counts, --autoscale: none");
    assertThat(Ran.weir("compare --policies weir").err()).contains("2 to 12 to compare");
    assertThat(Ran.weir("compare --policies weir,weir").err()).contains("each only once");
    assertThat(Ran.weir("compare --images a,b").err()).contains("--service: none");
    assertThat(Ran.weir("compare --policies weir,random --url http://x/").err())
        .contains("--url: given (expected: only beside --service)");
  }

  @Test
  void onlyWeirTakesALimit() {
    assertThat(Ran.weir("compare --policies weir,weir=auto").err()).contains("each only once");
    assertThat(Ran.weir("compare --policies weir,weir=0,random=4,wier=2").err())
        .contains(
            "--policies: weir=0 (expected: weir=auto, weir=off or weir=N with N from 1 to 100000)")
        .contains("--policies: random=4 (expected: a limit only for the policy weir, as in weir=4)")
        .contains("--policies: wier (expected: one of weir,");
  }

  @Test
  void mistakesOfAutoscalingAreReportedTogether() {
    Ran ran =
        Ran.weir(
            "compare --autoscale kpa,weir,weir --policies weir,random --scale 4 --trace hill --peak 0"
                + " --drain 1ms --rounds 0 --lambda 4 --measure p95 --rho .5 --duration 1s");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("--autoscale: kpa (expected: weir, cpu or fixed=N", "weir (expected: each only")
        .contains("--autoscale: given (expected: not beside --policies", "--rounds: 0 (expected: 1")
        .contains("--slo: none (expected: the latency to keep", "--scale: 4 (expected: the least")
        .contains("--trace: hill (expected: one of flat, diurnal", "--peak: 0.0", "--drain: ")
        .contains("--lambda: not with --autoscale", "--measure: not with --autoscale")
        .contains("--rho: 0.5 (expected: not beside --peak)", "--duration: 1 s", "--service: none")
        .doesNotContain("\tat ");
  }

  @Test
  void optionsOfAutoscalingNeedIt() {
    assertThat(Ran.weir("compare --policies weir,random --slo p99<1s --scale 1..4").err())
        .contains("--slo: p99<1s (expected: only beside --autoscale)")
        .contains("--scale: 1..4 (expected: only beside --autoscale)");
  }
}
