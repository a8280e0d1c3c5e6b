package dev.weir.cli.simulate;

import dev.weir.arrivals.Laws;
import dev.weir.balance.QueueSpec;
import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.WordCompletion;
import dev.weir.scale.Promise;
import dev.weir.sim.scale.NamedRule;
import dev.weir.sim.scale.ScaleScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a simulation of autoscaling.
@HelpSection("Autoscaling")
final class SimulatedAutoscaling {
  private static final int MAX_PEAKS = 4;

  @Option(
      names = "--autoscale",
      split = ",",
      arity = "0..1",
      fallbackValue = AutoscaleRules.ALL,
      paramLabel = "RULE",
      completionCandidates = AutoscaleRules.class,
      description =
          "Compare rules that decide how many replicas there are: weir, cpu (Kubernetes' HPA at 70 %%),"
              + " kpa (Knative's), clairvoyant (knows the rate in advance), fixed=N; alone, the first"
              + " four. --trace then takes names (flat, diurnal, step, mmpp, flash, noisy; default:"
              + " all) or a file.")
  private @Nullable List<String> rules;

  @Option(
      names = "--peak",
      paramLabel = "ERLANG",
      defaultValue = "10",
      description =
          "Peak of the named traces: how many slots it keeps busy. Default: ${DEFAULT-VALUE}.")
  private double peak;

  @Option(
      names = "--promise",
      paramLabel = "PROMISE",
      defaultValue = "p99<1s",
      description = "The latency to keep, as in p99<300ms. Default: ${DEFAULT-VALUE}.")
  private String promise = "";

  @Option(
      names = "--work",
      paramLabel = "TIME",
      defaultValue = "100ms",
      converter = DurationConverter.class,
      description = "Mean work of a request, S. Default: ${DEFAULT-VALUE}.")
  private Duration work = Duration.ofMillis(100);

  @Option(
      names = "--work-scv",
      paramLabel = "RATIO",
      defaultValue = "1",
      description =
          "Squared coefficient of variation of the work, cs²; 1 is exponential. Default:"
              + " ${DEFAULT-VALUE}.")
  private double workScv;

  @Option(
      names = "--work-error",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description =
          "An error of the measured work: what weir takes it for, as a multiple of the truth. Default:"
              + " ${DEFAULT-VALUE}.")
  private double workError;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "Requests that a replica works on at once. Default: ${DEFAULT-VALUE}.")
  private int slots;

  @Option(
      names = "--cold-start",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long a new replica takes to its first request. Default: ${DEFAULT-VALUE}.")
  private Duration coldStart = Duration.ofSeconds(15);

  @Option(
      names = "--min-replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "The least number of replicas. Default: ${DEFAULT-VALUE}.")
  private int min;

  @Option(
      names = "--max-replicas",
      paramLabel = "N",
      description = "The greatest number of replicas. Default: four times the peak.")
  private @Nullable Integer max;

  @Option(
      names = "--queue",
      paramLabel = "fifo|late-last",
      defaultValue = "fifo",
      completionCandidates = WordCompletion.Queues.class,
      description =
          "In which order requests wait; late-last serves those first that can still be on time."
              + " Default: ${DEFAULT-VALUE}.")
  private String queue = "";

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      defaultValue = "75s",
      converter = DurationConverter.class,
      description =
          "How long the rate must have fallen before weir takes replicas away. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration hold = Duration.ofSeconds(75);

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How soon after new replicas are ready weir wants a backlog served. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration drain = Duration.ofSeconds(10);

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description =
          "Draw arrivals, replicas and the percentile of the first seed over time, as PNG or SVG; of"
              + " several traces, one file each.")
  private @Nullable Path chart;

  boolean isAsked() {
    return rules != null;
  }

  double peak() {
    return peak;
  }

  /// The rate at which the peak's slots are busy.
  double peakPerSecond() {
    return peak * 1e9 / work.toNanos();
  }

  Optional<Path> chart() {
    return Optional.ofNullable(chart);
  }

  /// The rules to compare, each once, those that others are compared with first.
  List<NamedRule> rules(Problems problems) {
    var all = new ArrayList<NamedRule>();
    List<String> names = rules == null ? List.of() : rules;
    for (String name : names.equals(List.of(AutoscaleRules.ALL)) ? new AutoscaleRules() : names) {
      OptionParsing.of(problems, () -> AutoscaleRules.parse(name, seconds(hold), seconds(drain)))
          .filter(rule -> !all.contains(rule))
          .ifPresent(all::add);
    }
    return all;
  }

  /// What every rule meets, or nothing, having noted why.
  ///
  /// @param peakErlangs the peak of what is played
  Optional<ScaleScenario> scenario(double peakErlangs, Problems problems) {
    problems.check(peak > 0 && peak <= 1e6, "--peak", peak, "> 0 and <= 1000000");
    problems.check(work.isPositive(), "--work", work, "> 0");
    problems.check(workScv >= 0 && workScv <= 100, "--work-scv", workScv, "0 to 100");
    problems.check(drain.isPositive(), "--drain", drain, "> 0");
    Optional<Boolean> lateLast =
        OptionParsing.of(problems, () -> QueueSpec.isLateLast("--queue", queue));
    Optional<Promise> kept = OptionParsing.of(problems, () -> Promise.parse("--promise", promise));
    if (lateLast.isEmpty() || kept.isEmpty() || !problems.all().isEmpty()) {
      return Optional.empty();
    }
    int usual = (int) Math.ceil(Math.max(1, peakErlangs) * MAX_PEAKS / slots);
    int most = max == null ? Math.max(min, usual) : max;
    return OptionParsing.of(
        problems,
        () ->
            new ScaleScenario(
                kept.get(),
                Laws.withScv(seconds(work), workScv),
                slots,
                seconds(coldStart),
                min,
                most,
                lateLast.get(),
                workError));
  }

  double workSeconds() {
    return seconds(work);
  }

  /// As the headline has it.
  String describe() {
    return "S %s (cs² %s), %s, cold start %s, %s"
        .formatted(
            SimulationTable.time(seconds(work)),
            workScv,
            promise,
            SimulationTable.time(seconds(coldStart)),
            queue);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
