package dev.weir.stats;

import java.util.List;
import java.util.Map;

/// One variant's result over all rounds.
///
/// @param variant which one
/// @param rounds how many of its runs count
/// @param excluded how many do not
/// @param medians of each figure over the rounds, in milliseconds
/// @param ratios of each figure to the baseline's of the same round
/// @param requests of all runs that count
/// @param failed of those
/// @param finding what its ratio shows
public record VariantResult(
    String variant,
    int rounds,
    int excluded,
    Map<Measure, Double> medians,
    Map<Measure, Ratio> ratios,
    long requests,
    long failed,
    Finding finding) {
  public VariantResult {
    medians = Map.copyOf(medians);
    ratios = Map.copyOf(ratios);
  }

  /// A figure's median, in milliseconds; NaN if no run counts.
  public double median(Measure measure) {
    return medians.getOrDefault(measure, Double.NaN);
  }

  /// A figure's ratio to the baseline's.
  public Ratio ratio(Measure measure) {
    return ratios.getOrDefault(measure, Ratio.of(List.of()));
  }

  /// The same with another finding.
  VariantResult found(Finding other) {
    return new VariantResult(variant, rounds, excluded, medians, ratios, requests, failed, other);
  }

  /// The part of the requests that failed.
  public double failedShare() {
    return requests == 0 ? 0 : (double) failed / requests;
  }
}
