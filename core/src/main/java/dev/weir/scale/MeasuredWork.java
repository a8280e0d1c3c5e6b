package dev.weir.scale;

import dev.weir.base.Checks;

/// A law of work as measured: buckets with the part of the requests in each, scaled to a mean.
/// Immutable.
final class MeasuredWork implements WorkLaw {
  private final double[] edges;
  private final double[] shares;
  private final double meanSeconds;
  private final double scv;

  /// @param edges bounds of the buckets in seconds, ascending, one more than `counts`; taken over
  /// @param counts weights of the buckets, not all zero; taken over
  /// @param meanSeconds the mean to scale to
  MeasuredWork(double[] edges, double[] counts, double meanSeconds) {
    this.edges = edges;
    this.shares = counts;
    this.meanSeconds = Checks.positive(meanSeconds, "mean work");
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i];
      sum += counts[i] * middle(i);
      squares += counts[i] * middle(i) * middle(i);
    }
    double mean = sum / total;
    this.scv = Math.max(0, squares / total / (mean * mean) - 1);
    for (int i = 0; i < counts.length; i++) {
      shares[i] /= total;
    }
    for (int i = 0; i < edges.length; i++) {
      edges[i] *= meanSeconds / mean;
    }
  }

  private double middle(int bucket) {
    return (edges[bucket] + edges[bucket + 1]) / 2;
  }

  @Override
  public double meanSeconds() {
    return meanSeconds;
  }

  @Override
  public double scv() {
    return scv;
  }

  @Override
  public double quantile(double p) {
    double below = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0 && below + shares[i] >= p) {
        return edges[i] + (edges[i + 1] - edges[i]) * (p - below) / shares[i];
      }
      below += shares[i];
    }
    return edges[shares.length];
  }

  @Override
  public double logMgf(double s) {
    double sum = 0;
    double most = s * middle(shares.length - 1);
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * Math.exp(s * middle(i) - most);
    }
    return most + Math.log(sum);
  }
}
