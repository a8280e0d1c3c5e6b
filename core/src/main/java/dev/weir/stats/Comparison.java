package dev.weir.stats;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The result of all rounds of a comparison.
///
/// Every variant is compared with the baseline of the same round, which had the same schedule at
/// nearly the same time. So effects on both, such as a busy minute of the machine, cancel.
///
/// @param measure what the findings refer to
/// @param again the name of the baseline's second run in a round; empty if there is none
/// @param results the baseline first
public record Comparison(Measure measure, Optional<String> again, List<VariantResult> results) {
  private static final double FAILED_SHARE_MORE = 0.01;
  private static final double FAILED_ERRORS = 3;

  public Comparison {
    results = List.copyOf(results);
  }

  /// Evaluates the runs.
  ///
  /// @param variants the baseline first
  /// @param again the name of the baseline's second run in a round, if there is one
  public static Comparison of(
      List<Trial> trials, List<String> variants, Optional<String> again, Measure measure) {
    String baseline = variants.getFirst();
    Optional<Ratio> floor = again.map(name -> ratio(trials, name, baseline, measure));
    List<VariantResult> results =
        Stream.concat(Stream.concat(Stream.of(baseline), again.stream()), variants.stream().skip(1))
            .map(name -> result(trials, name, baseline, measure, again, floor))
            .toList();
    var comparison = new Comparison(measure, again, results);
    return new Comparison(
        measure,
        again,
        results.stream()
            .map(one -> comparison.failsMore(one) ? one.found(Finding.FAILS_MORE) : one)
            .toList());
  }

  /// Whether a variant fails clearly more requests than the baseline: over one in a hundred more,
  /// and more than chance explains.
  private boolean failsMore(VariantResult one) {
    VariantResult base = baseline();
    boolean compared = one.finding() != Finding.BASELINE && one.finding() != Finding.NOISE_FLOOR;
    if (!compared || one.requests() == 0 || base.requests() == 0) {
      return false;
    }
    double both = (double) (one.failed() + base.failed()) / (one.requests() + base.requests());
    double error = Math.sqrt(both * (1 - both) * (1.0 / one.requests() + 1.0 / base.requests()));
    return one.failedShare() - base.failedShare()
        > Math.max(FAILED_SHARE_MORE, FAILED_ERRORS * error);
  }

  /// The baseline.
  public VariantResult baseline() {
    return results.getFirst();
  }

  /// The ratio of the baseline to itself, which shows how much equal runs differ.
  public Optional<Ratio> noiseFloor() {
    return again.map(_ -> results.get(1).ratio(measure));
  }

  private static VariantResult result(
      List<Trial> trials,
      String name,
      String baseline,
      Measure measure,
      Optional<String> again,
      Optional<Ratio> floor) {
    List<Trial> own = trials.stream().filter(trial -> trial.variant().equals(name)).toList();
    List<Trial> counted = own.stream().filter(Trial::counts).toList();
    Map<Measure, Double> medians = new EnumMap<>(Measure.class);
    Map<Measure, Ratio> ratios = new EnumMap<>(Measure.class);
    for (Measure each : Measure.values()) {
      medians.put(each, median(counted.stream().mapToDouble(t -> t.millis(each)).toArray()));
      ratios.put(each, ratio(trials, name, baseline, each));
    }
    Finding finding =
        name.equals(baseline)
            ? Finding.BASELINE
            : again.filter(name::equals).isPresent()
                ? Finding.NOISE_FLOOR
                : Finding.of(ratio(trials, name, baseline, measure), floor);
    return new VariantResult(
        name,
        counted.size(),
        own.size() - counted.size(),
        medians,
        ratios,
        counted.stream().mapToLong(Trial::requests).sum(),
        counted.stream().mapToLong(Trial::failed).sum(),
        finding);
  }

  /// The ratio over the rounds in which both runs count.
  private static Ratio ratio(List<Trial> trials, String name, String baseline, Measure measure) {
    return Ratio.of(
        trials.stream()
            .filter(trial -> trial.variant().equals(name))
            .map(Trial::round)
            .distinct()
            .flatMap(round ->
                of(trials, round, name, measure).stream()
                    .boxed()
                    .flatMap(own ->
                        of(trials, round, baseline, measure).stream()
                            .mapToObj(other -> own / other)))
            .filter(Double::isFinite)
            .toList());
  }

  private static OptionalDouble of(List<Trial> trials, int round, String name, Measure measure) {
    return trials.stream()
        .filter(t -> t.counts() && t.round() == round && t.variant().equals(name))
        .mapToDouble(t -> t.millis(measure))
        .findFirst();
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
