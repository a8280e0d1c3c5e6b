package dev.weir.cli.lab;

import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.LawOptions;
import dev.weir.cli.option.OptionParsing;
import dev.weir.lab.autoscale.AutoscalePlan;
import dev.weir.lab.autoscale.AutoscaleSetup.AutoscalePeak;
import dev.weir.lab.compare.ComparisonVariant.Rule;
import dev.weir.scale.Promise;
import dev.weir.sim.scale.LoadTraces;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// The options of a comparison of rules of autoscaling.
@HelpSection("Autoscaling (with --service)")
final class CompareAutoscaleOptions {
  /// A trace of five minutes has room for some cold starts.
  static final Duration DURATION_DEFAULT = Duration.ofMinutes(5);

  private static final String TRACE = "--trace";
  private static final LoadTraces TRACE_DEFAULT = LoadTraces.STEP;
  private static final double PEAK_MAX = 1e6;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})\\.\\.([0-9]{1,4})");

  /// Options that say nothing about autoscaling.
  private static final Set<String> UNUSED = Set.of("--measure", "--predict", "--aa", "--sample");

  @Option(
      names = "--autoscale",
      split = ",",
      paramLabel = "RULE",
      completionCandidates = Rules.class,
      description =
          "Rules that set the number of replicas of --service, the baseline first: weir, cpu"
              + " (Kubernetes' HPA at 70 %%), fixed=N. --trace then names the arrivals: step, mmpp,"
              + " flash, diurnal, noisy or flat (default: step).")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--slo",
      paramLabel = "PROMISE",
      description = "The latency to keep, as in p99<300ms; needed by --autoscale.")
  private @Nullable String slo;

  @Option(
      names = "--scale",
      paramLabel = "MIN..MAX",
      description = "The least and the greatest number of replicas. Default: 1..6.")
  private @Nullable String scale;

  @Option(
      names = "--peak",
      paramLabel = "RATE",
      description =
          "Largest rate of the trace, in requests a second. Default: --rho, of what the greatest"
              + " number of replicas can do.")
  private @Nullable Double peak;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long the rate must have fallen before weir removes replicas. Default: 75s.")
  private @Nullable Duration hold;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How soon after new replicas are ready weir wants a backlog served. Default: 10s.")
  private @Nullable Duration drain;

  /// Completes `--autoscale`.
  static final class Rules extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Rules() {
      super(List.of("weir", "cpu"));
    }
  }

  boolean isAsked() {
    return !rules.isEmpty();
  }

  /// The rules, with problems of their names.
  List<Rule> rules(Problems problems) {
    return rules.stream()
        .flatMap(name ->
            OptionParsing.of(problems, () -> Rule.parse("--autoscale", name.strip())).stream())
        .toList();
  }

  /// The largest rate.
  ///
  /// @param rho of what the replicas can do, where no rate is given
  AutoscalePeak peak(double rho) {
    return new AutoscalePeak(Optional.ofNullable(peak), rho);
  }

  /// What all rules meet; absent, with the reason in `problems`, if the options are wrong.
  Optional<AutoscalePlan> plan(CommandSpec spec, Duration duration, Problems problems) {
    checkOthers(spec, problems);
    problems.check(
        peak == null || (peak > 0 && peak <= PEAK_MAX),
        "--peak",
        String.valueOf(peak),
        "> 0 and <= 1000000");
    checkTime("--hold", hold, Duration.ZERO, problems);
    checkTime("--drain", drain, Duration.ofSeconds(1), problems);
    Optional<Promise> promise = promise(problems);
    Optional<LoadTraces> trace = trace(spec, problems);
    Matcher range = RANGE.matcher(scale == null ? "1..6" : scale);
    problems.check(
        range.matches(),
        "--scale",
        String.valueOf(scale),
        "the least and the greatest number of replicas, as in 1..6");
    return promise.isEmpty() || trace.isEmpty() || !range.matches()
        ? Optional.empty()
        : OptionParsing.of(
            problems,
            () ->
                new AutoscalePlan(
                    promise.get(),
                    Integer.parseInt(range.group(1)),
                    Integer.parseInt(range.group(2)),
                    trace.get(),
                    duration,
                    Optional.ofNullable(hold),
                    Optional.ofNullable(drain)));
  }

  private static void checkTime(
      String name, @Nullable Duration time, Duration least, Problems problems) {
    problems.check(
        time == null || (time.compareTo(least) >= 0 && time.compareTo(Duration.ofHours(24)) <= 0),
        name,
        String.valueOf(time),
        least.toSeconds() + "s to 24h");
  }

  private Optional<Promise> promise(Problems problems) {
    String given = slo;
    if (given == null) {
      problems.add("--slo: none (expected: the latency to keep, as in --slo 'p99<300ms')");
      return Optional.empty();
    }
    return OptionParsing.of(problems, () -> Promise.parse("--slo", given));
  }

  /// The option is that of the laws of arrivals, where it names a file.
  private static Optional<LoadTraces> trace(CommandSpec spec, Problems problems) {
    @Nullable Path typed = spec.commandLine().getParseResult().matchedOptionValue(TRACE, null);
    if (typed == null) {
      return Optional.of(TRACE_DEFAULT);
    }
    Optional<LoadTraces> found =
        List.of(LoadTraces.values()).stream()
            .filter(trace -> trace.label().equals(typed.toString()))
            .findFirst();
    problems.check(
        found.isPresent(), TRACE, typed, "one of " + String.join(", ", LoadTraces.labels()));
    return found;
  }

  private static void checkOthers(CommandSpec spec, Problems problems) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> isUnused(option))
        .map(OptionSpec::longestName)
        .forEach(name ->
            problems.add(
                name + ": not with --autoscale (expected: --trace and --peak for the arrivals)"));
  }

  private static boolean isUnused(OptionSpec option) {
    boolean isLaw =
        option.userObject() instanceof Field field
            && field.getDeclaringClass().equals(LawOptions.class);
    return isLaw ? !option.longestName().equals(TRACE) : UNUSED.contains(option.longestName());
  }

  /// Notes options that mean nothing without rules.
  void checkUnasked(Problems problems) {
    String expected = "only beside --autoscale";
    problems.check(slo == null, "--slo", String.valueOf(slo), expected);
    problems.check(scale == null, "--scale", String.valueOf(scale), expected);
    problems.check(peak == null, "--peak", String.valueOf(peak), expected);
    problems.check(hold == null, "--hold", String.valueOf(hold), expected);
    problems.check(drain == null, "--drain", String.valueOf(drain), expected);
  }
}
