package dev.weir.cli.lab;

import dev.weir.base.Problems;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.Policies;
import dev.weir.lab.compare.ComparisonVariant;
import dev.weir.stats.Measure;
import dev.weir.stats.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that say what is compared, and how often.
@HelpSection("What is compared")
final class CompareVariantOptions {
  private static final int VARIANTS_MAX = 12;
  private static final int REPLICAS_MAX = 1_000;

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY[=LIMIT]",
      completionCandidates = Policies.class,
      description =
          "Policies, the baseline first: weir, round-robin, random, least-requests, power-of-two,"
              + " peak-ewma. weir=4 fixes its limit, weir=off gives it none.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--images",
      split = ",",
      paramLabel = "IMAGE",
      description = "Images of --service, the baseline first.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--replica-counts",
      split = ",",
      paramLabel = "N",
      description = "Numbers of replicas of --service, the baseline first.")
  private List<Integer> counts = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often each runs, 2 to 50; with --autoscale also 1 (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--aa",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Run the baseline twice a round, to show how much equal runs differ; --no-aa saves the"
              + " time (default: ${DEFAULT-VALUE}).")
  private boolean twice = true;

  @Option(
      names = "--measure",
      paramLabel = "p50|p95|p99|mean",
      defaultValue = "p99",
      description = "The latency that findings and chart refer to (default: ${DEFAULT-VALUE}).")
  private Measure measure = Measure.P99;

  @Option(
      names = "--predict",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Also simulate the comparison; on a swarm, first measure the cost of a request (default:"
              + " ${DEFAULT-VALUE}).")
  private boolean predict = true;

  private final Map<String, ComparisonVariant> named = new LinkedHashMap<>();
  private boolean areRules;

  /// Takes rules of autoscaling instead, and notes all problems.
  void takeRules(List<ComparisonVariant.Rule> rules, boolean onSwarm, Problems problems) {
    areRules = true;
    rules.forEach(rule -> add("--autoscale", rule, problems));
    boolean alone = policies.isEmpty() && images.isEmpty() && counts.isEmpty();
    problems.check(
        alone, "--autoscale", "given", "not beside --policies, --images or --replica-counts");
    problems.check(
        rules.size() <= VARIANTS_MAX, "--autoscale", rules.size(), "1 to " + VARIANTS_MAX);
    problems.check(
        rounds >= roundsMin() && rounds <= Round.ROUNDS_MAX,
        "--rounds",
        rounds,
        roundsMin() + " to " + Round.ROUNDS_MAX);
    if (!onSwarm) {
      problems.add("--service: none (expected: the service of the swarm that is to be scaled)");
    }
  }

  /// Notes all problems, and keeps the variants.
  void check(boolean onSwarm, Problems problems) {
    long kinds = Stream.of(policies, images, counts).filter(list -> !list.isEmpty()).count();
    problems.check(
        kinds == 1,
        "--policies, --images, --replica-counts, --autoscale",
        kinds == 0 ? "none" : "several",
        "one of them");
    if (!onSwarm && (!images.isEmpty() || !counts.isEmpty())) {
      problems.add(
          "--service: none (expected: the service of the swarm; its %s are compared)"
              .formatted(images.isEmpty() ? "replicas" : "images"));
    }
    policies.forEach(name ->
        OptionParsing.of(problems, () -> ComparisonVariant.Policy.parse("--policies", name))
            .ifPresent(policy -> add("--policies", policy, problems)));
    images.forEach(name -> {
      boolean usable = !name.isBlank() && !name.contains(" ");
      problems.check(usable, "--images", name.isBlank() ? "empty" : name, "an image, as in web:2");
      if (usable) {
        add("--images", new ComparisonVariant.Image(name), problems);
      }
    });
    counts.forEach(count -> {
      problems.check(
          count >= 1 && count <= REPLICAS_MAX, "--replica-counts", count, "1 to " + REPLICAS_MAX);
      add("--replica-counts", new ComparisonVariant.Count(count), problems);
    });
    int given = policies.size() + images.size() + counts.size();
    problems.check(
        kinds != 1 || (given >= 2 && given <= VARIANTS_MAX),
        option(),
        given,
        "2 to " + VARIANTS_MAX + " to compare");
    problems.check(
        rounds >= Round.ROUNDS_MIN && rounds <= Round.ROUNDS_MAX,
        "--rounds",
        rounds,
        Round.ROUNDS_MIN + " to " + Round.ROUNDS_MAX);
  }

  private void add(String option, ComparisonVariant variant, Problems problems) {
    boolean isNew = named.putIfAbsent(variant.label(), variant) == null;
    problems.check(
        isNew, option, variant.label(), "each only once; the baseline repeats by itself");
  }

  private String option() {
    return !images.isEmpty() ? "--images" : !counts.isEmpty() ? "--replica-counts" : "--policies";
  }

  int rounds() {
    return rounds;
  }

  /// A round of autoscaling shows something even by itself.
  int roundsMin() {
    return areRules ? 1 : Round.ROUNDS_MIN;
  }

  Measure measure() {
    return measure;
  }

  boolean isPredicted() {
    return predict && !areRules;
  }

  boolean areImages() {
    return !images.isEmpty();
  }

  boolean arePolicies() {
    return !policies.isEmpty();
  }

  /// Their names, the baseline first.
  List<String> names() {
    return List.copyOf(named.keySet());
  }

  /// The name of the baseline's second run in a round, if there is one.
  Optional<String> again() {
    return twice && !areRules ? Optional.of(names().getFirst() + " again") : Optional.empty();
  }

  /// The names of all runs of a round.
  List<String> labels() {
    return Stream.concat(names().stream(), again().stream()).toList();
  }

  /// Every variant once, by name.
  Map<String, ComparisonVariant> first() {
    return new LinkedHashMap<>(named);
  }

  /// The variant of each of [#labels].
  Map<String, ComparisonVariant> byLabel() {
    Map<String, ComparisonVariant> all = first();
    again().ifPresent(label -> all.put(label, named.values().iterator().next()));
    return all;
  }
}
