package dev.weir.cli.size;

import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.scale.Demand;
import dev.weir.scale.TwoMomentWork;
import dev.weir.scale.WorkHistogram;
import dev.weir.scale.WorkLaw;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Figures of a demand, given by hand: all of them, or those that replace measured ones.
@HelpSection("Demand")
final class DemandOptions {
  private static final double NANOS = 1e9;
  private static final double RATE_MAX = 1e9;
  private static final double SCV_MAX = 1e6;

  @Option(
      names = {"--lambda", "--lamb"},
      paramLabel = "RATE",
      description = "Arrivals per second.")
  private @Nullable Double lambda;

  @Option(
      names = "--gap-scv",
      paramLabel = "RATIO",
      description =
          "Burstiness of the arrivals: squared coefficient of variation of the gaps (ca²), or the"
              + " index of dispersion for counts if that is larger. Default: as measured, or else 1.")
  private @Nullable Double gapScv;

  @Option(
      names = "--work-mean",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Mean work of a request (S): how long it takes a replica that does nothing else.")
  private @Nullable Duration workMean;

  @Option(
      names = "--work-scv",
      paramLabel = "RATIO",
      description =
          "Squared coefficient of variation of the work (cs²): 0 constant, 1 exponential. Default:"
              + " as measured, or else 1.")
  private @Nullable Double workScv;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Requests that a replica works on at once at full speed, such as its cores. Default: as"
              + " learned by the balancer, or else 1.")
  private @Nullable Integer slots;

  /// Notes what is wrong.
  ///
  /// @param isMeasured whether a run or a balancer gives what is missing here
  void check(Problems problems, boolean isMeasured) {
    positive(problems, "--lambda", lambda, RATE_MAX, "4", isMeasured);
    Double mean = workMean == null ? null : workMean.toNanos() / NANOS;
    positive(problems, "--work-mean", mean, Double.MAX_VALUE, "60ms", isMeasured);
    ratio(problems, "--gap-scv", gapScv);
    ratio(problems, "--work-scv", workScv);
    problems.check(
        slots == null || (slots >= 1 && slots <= 100_000),
        "--slots",
        String.valueOf(slots),
        "1 to 100000");
  }

  private static void ratio(Problems problems, String name, @Nullable Double value) {
    problems.check(
        value == null || (value >= 0 && value <= SCV_MAX),
        name,
        String.valueOf(value),
        "0 to 1000000");
  }

  private static void positive(
      Problems problems,
      String name,
      @Nullable Double value,
      double max,
      String example,
      boolean isMeasured) {
    if (value == null && !isMeasured) {
      problems.add(
          "%s: missing (expected: a value, as in %s %s; or a RUN, or --status URL)"
              .formatted(name, name, example));
    }
    problems.check(
        value == null || (value > 0 && value <= max),
        name,
        String.valueOf(value),
        max < Double.MAX_VALUE ? "> 0 and <= 1000000000" : "> 0");
  }

  /// What is given by hand alone.
  SizingSubject byHand() {
    return new SizingSubject(
        new Demand(
            rate(Double.NaN), gapScv(1), new TwoMomentWork(workMean(Double.NaN), workScv(1))),
        slots(1),
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  double rate(double measured) {
    return lambda == null ? measured : lambda;
  }

  double gapScv(double measured) {
    return gapScv == null ? measured : gapScv;
  }

  double workMean(double measuredSeconds) {
    return workMean == null ? measuredSeconds : workMean.toNanos() / NANOS;
  }

  double workScv(double measured) {
    return workScv == null ? measured : workScv;
  }

  int slots(int known) {
    return slots == null ? known : slots;
  }

  /// Measured work, or that given by hand: response times that hold waiting have neither the mean
  /// nor the shape of the work.
  WorkLaw work(WorkHistogram measured, double measuredSeconds) {
    return workMean == null && workScv == null
        ? measured.law(measuredSeconds)
        : new TwoMomentWork(workMean(measuredSeconds), workScv(1));
  }

  boolean isWorkGiven() {
    return workMean != null;
  }

  boolean isSlotsGiven() {
    return slots != null;
  }
}
