package dev.weir.cli.simulate;

import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.sim.Variant;
import dev.weir.sim.suite.Judge;
import dev.weir.sim.suite.Suite;
import dev.weir.sim.suite.SuiteCase;
import dev.weir.sim.suite.Verdict;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// The options of the policy suite, and its run.
@HelpSection("Suite")
final class SimulatedSuite {
  private static final String ALL = "all";
  private static final int SEEDS_MAX = 1_000;
  private static final int PARTS = 1_000;
  private static final Set<String> TOGETHER =
      Set.of("--suite", "--seeds", "--seed", "--json", "--debug");

  @Option(
      names = "--suite",
      arity = "0..1",
      fallbackValue = ALL,
      split = ",",
      paramLabel = "CASE",
      description =
          "Judge the policy weir by the policy suite. --suite=fcfs16,rolling plays the cases with"
              + " any of these in their names; alone, it plays all.")
  private @Nullable List<String> wanted;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How many seeds each case of the suite, or each trace of --autoscale, is played with."
              + " Default: ${DEFAULT-VALUE}.")
  private int seeds;

  int seeds() {
    return seeds;
  }

  boolean isAsked() {
    return wanted != null;
  }

  /// Runs the suite and prints a verdict for each case.
  ///
  /// @return whether all pass
  boolean run(CommandSpec spec, long firstSeed, boolean json) throws InterruptedException {
    List<SuiteCase> cases = cases(spec);
    List<Verdict> verdicts =
        SimulationRuns.all(
            "suite", cases.stream().map(one -> task(one, firstSeed)).toList(), PARTS);
    PrintWriter out = spec.commandLine().getOut();
    String repeat = RepeatCommandLine.of(spec, firstSeed);
    if (json) {
      out.println(SuiteTable.json(verdicts, repeat, firstSeed, seeds));
    } else {
      SuiteTable.lines(verdicts).forEach(out::println);
      out.printf("%nrepeat: %s%n", repeat);
    }
    out.flush();
    return verdicts.stream().allMatch(Verdict::passes);
  }

  private SimulationRuns.Task<Verdict> task(SuiteCase one, long firstSeed) {
    return progress ->
        Judge.judge(
            one,
            Variant.of(PolicySpec.WEIR),
            firstSeed,
            seeds,
            share -> progress.accept((int) (share * PARTS)));
  }

  private List<SuiteCase> cases(CommandSpec spec) {
    var problems = new Problems();
    problems.check(seeds >= 1 && seeds <= SEEDS_MAX, "--seeds", seeds, "1 to " + SEEDS_MAX);
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !TOGETHER.contains(name))
        .forEach(
            name -> problems.add(name + ": not with --suite: its cases say what is simulated"));
    var chosen = new LinkedHashSet<SuiteCase>();
    List<String> names = wanted == null ? List.of(ALL) : wanted;
    for (String name : names) {
      List<SuiteCase> found = name.equals(ALL) ? Suite.cases() : Suite.cases(name);
      problems.check(
          !found.isEmpty(), "--suite", name, "words of a case's name, such as " + words());
      chosen.addAll(found);
    }
    problems.throwIfAny("simulate");
    return List.copyOf(chosen);
  }

  private static String words() {
    return Suite.cases().stream()
        .flatMap(one -> List.of(one.name().split(" ")).stream())
        .filter(word -> word.matches("[a-z]{2,}[0-9]*"))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
