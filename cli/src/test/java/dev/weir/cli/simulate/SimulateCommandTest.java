package dev.weir.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `weir simulate` as a user types it.
final class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsARowForEachPolicyAndHowToRepeatIt() {
    assertThat(run("--requests", "2000", "--policies", "weir,round-robin", "--seed", "7"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("policy "))
        .anyMatch(line -> line.startsWith("weir "))
        .anyMatch(line -> line.startsWith("round-robin "))
        .contains("repeat: weir simulate --requests 2000 --policies weir,round-robin --seed 7");
  }

  @Test
  void theSameSeedPrintsTheSame() {
    run("--requests", "2000", "--seed", "7", "--replicas", "3x1,1x0.4x2", "--discipline", "fcfs");
    String first = out.toString();
    out.getBuffer().setLength(0);
    run("--requests", "2000", "--seed", "7", "--replicas", "3x1,1x0.4x2", "--discipline", "fcfs");
    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void jsonNamesItsSeed() {
    run("--requests", "1000", "--policies", "weir", "--seed", "7", "--json");
    assertThat(out.toString())
        .contains("\"seed\": 7", "\"policy\": \"weir\"", "\"completed\": 1000");
  }

  @Test
  void limitsAreExplained() {
    String[] asked =
        "--requests 20000 --policies weir,random --replicas 2 --rho .95 --seed 7 --explain"
            .split(" ");
    run(asked);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("weir +limit +knee +since +why"))
        .anyMatch(
            line -> line.matches("replica 2 +1 +1 +[0-9.]+ s +closed at 1: [0-9]+ completions.*"))
        .anyMatch(line -> line.matches("0\\.0 s +.*none +open: nothing speaks against more"))
        .anyMatch(line -> line.matches("[0-9.]+ s +.* 1 +closed at 1: .* flat above 1"))
        .noneMatch(line -> line.contains("policy random"));
    out.getBuffer().setLength(0);
    run("--requests", "2000", "--limit", "3", "--policies", "weir", "--explain", "--json");
    assertThat(out.toString()).contains("\"limits\": {", "\"reason\": \"set to 3\"");
  }

  @Test
  void aCrashIsSimulated() {
    run("--requests", "2000", "--policies", "weir", "--change", "5s:1=0", "--seed", "7", "--json");
    assertThat(out.toString()).contains("\"completed\": 2000", "\"failed\": 0");
  }

  @Test
  void whatHappensInMidRunIsSimulated() {
    run(
        "--requests 3000 --policies weir --replicas 2 --update 5s:2s --rate 10s=2 --change 20s:all=2"
            .concat(" --errors 12s:3=on --join 15s:1x2 --leave 25s:4 --window 10s --seed 7")
            .split(" "));
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("policy +from +requests .*"))
        .anyMatch(line -> line.matches("weir +20 s +[0-9]+ .*"));
    out.getBuffer().setLength(0);
    run("--requests", "2000", "--errors", "5s:1=on", "--window", "10s", "--seed", "7", "--json");
    assertThat(out.toString())
        .contains("\"windows\"", "\"errors\": ")
        .doesNotContain("\"errors\": 0,");
  }

  @Test
  void aBottleneckBoundsTheLoad() {
    run("--requests", "500", "--replicas", "4x1xinf", "--bottleneck", "2", "--rho", ".5");
    assertThat(out.toString()).contains("lambda=20)", "bottleneck 2");
  }

  @Test
  void theSuitePrintsAVerdictForEachCase() {
    assertThat(run("--suite=ps1 x4 rho .2 cs2 1,mmpp ps1", "--seeds", "2")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("ps1 x4 rho .2 cs2 1 rate x4 for 60 s +PASS +.* at most .*"))
        .contains("3 of 3 cases pass")
        .anyMatch(line -> line.endsWith("--seeds 2 --seed 1"));
    out.getBuffer().setLength(0);
    run("--suite=mmpp ps1", "--seeds", "1", "--seed", "3", "--json");
    assertThat(out.toString()).contains("\"rule\": \"window\"", "\"seed\": 3");
  }

  @Test
  void rulesOfAutoscalingAreComparedOnATrace() {
    String[] asked = "--autoscale cpu,weir,fixed=12 --trace step --peak 3 --seeds 1".split(" ");
    assertThat(run(asked)).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("trace +rule +replica-seconds +/cpu +starts +late .*"))
        .anyMatch(line -> line.matches("step +cpu +[0-9]+ +1\\.00 .*"))
        .anyMatch(line -> line.matches("step +weir +[0-9]+ +0\\.[0-9]+ .*"))
        .anyMatch(line -> line.matches("step +fixed=12 +43200 .*"))
        .anyMatch(line -> line.startsWith("repeat: weir simulate --autoscale"));
    out.getBuffer().setLength(0);
    run("--autoscale=weir", "--trace", "flat", "--peak", "2", "--seeds", "1", "--json");
    assertThat(out.toString()).contains("\"rule\": \"weir\"");
    assertMistake("--autoscale: hpa (expected: weir, cpu, kpa", "--autoscale", "hpa");
    run("--autoscale", "--chart", "a.gif");
    assertThat(err.toString())
        .contains("--chart: a.gif (expected: a file that ends in .png or .svg)");
    assertMistake("--trace: hill (expected: a file, or", "--autoscale=cpu", "--trace", "hill");
  }

  @Test
  void arrivalsFollowTheLawsOfLoadAtTheShareAskedFor() {
    run(
        "--requests",
        "500",
        "--policies",
        "weir",
        "--rho",
        ".5",
        "--time-dist",
        "weibull",
        "--shape",
        ".5");
    assertThat(out.toString()).contains("gaps weibull(mean=0.025, shape=0.5)");
    run(
        "--requests",
        "500",
        "--policies",
        "weir",
        "--time-dist",
        "uniform",
        "--min",
        "0",
        "--max",
        "1");
    assertThat(out.toString()).contains("gaps uniform(min=0, max=1)");
    run("--requests", "500", "--policies", "weir", "--time-dist", "gamma", "--gap-scv", "4");
    assertThat(out.toString()).contains("cov=2)");
  }

  @Test
  void mistakesAreReportedTogether() {
    assertThat(run("--policies", "weirr", "--rho", "-1", "--limit-max", "0"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("did you mean weir?", "--rho: -1.0 (expected: > 0)", "--limit-max: 0");
    assertMistake("--rho: 0.5 (expected: not", "--rho", ".5", "--lambda", "3");
    assertMistake("--time-dist: weibul (expected: one of", "--time-dist", "weibul");
  }

  @Test
  void mistakesAreOneLine() {
    assertMistake("--replicas: 2xx (expected: COUNT or COUNTxSPEEDxCORES", "--replicas", "2xx");
    assertMistake("--change: x (expected: TIME:REPLICA=SPEED", "--change", "x");
    assertMistake("--rate: 5 (expected: TIME=FACTOR", "--rate", "5");
    assertMistake("--join: 5s:x (expected: TIME:SPEEDxCORES", "--join", "5s:x");
    assertMistake("--leave: 5 (expected: a replica that is there by then", "--leave", "5s:5");
    assertMistake("--errors: 5s:1 (expected: TIME:REPLICA=on", "--errors", "5s:1");
    assertMistake("--update: 5s (expected: TIME:STEP", "--update", "5s");
    assertMistake("--bottleneck: 0.0 (expected: > 0", "--bottleneck", "0");
    assertMistake("--rho: not with --suite", "--suite", "--rho", ".5");
    assertMistake(
        "--suite: nothing (expected: words of a case's name, such as ps1", "--suite=nothing");
    assertMistake("--seeds: 0 (expected: 1 to 1000)", "--suite", "--seeds", "0");
    assertMistake("--limit: some (expected: auto, off, or", "--limit", "some");
    assertMistake("--service-law: cauchy (expected: one of exp", "--service-law", "cauchy");
    assertMistake(
        "--service-scv: 0.5 (expected: > 1",
        "--service-law",
        "hyperexponential",
        "--service-scv",
        "0.5");
    assertMistake("--replicas: 1x1xinf (expected: --lambda", "--replicas", "1x1xinf");
    assertMistake("--policies: nearest (expected: one of weir", "--policies", "nearest");
  }

  private void assertMistake(String message, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("weir: simulate: " + message);
    assertThat(err.toString().lines()).hasSize(1);
  }

  private int run(String... args) {
    CommandLine command = Weir.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[args.length + 1];
    all[0] = "simulate";
    System.arraycopy(args, 0, all, 1, args.length);
    return command.execute(all);
  }
}
