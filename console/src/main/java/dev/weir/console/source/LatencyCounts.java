package dev.weir.console.source;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// How many responses of the last minute took how long, as balancers count them. Counts of several
/// balancers add up, which percentiles do not; so percentiles are taken from the sum.
///
/// @param buckets by their lower bound in seconds
record LatencyCounts(Map<Double, Bucket> buckets) {
  static final LatencyCounts NONE = new LatencyCounts(Map.of());

  private static final int BUCKETS_MAX = 4096;

  /// @param upperSeconds its upper bound
  /// @param count responses, which is no whole number once a balancer's part fades
  record Bucket(double upperSeconds, double count) {
    Bucket plus(Bucket other) {
      return new Bucket(upperSeconds, count + other.count);
    }
  }

  /// Reads `[[lower, upper, count], …]`.
  static LatencyCounts of(JsonNode json) {
    var buckets = new TreeMap<Double, Bucket>();
    for (JsonNode one : json) {
      double lower = one.path(0).asDouble(-1);
      double upper = one.path(1).asDouble(-1);
      double count = one.path(2).asDouble(0);
      if (lower >= 0 && upper > lower && count > 0 && buckets.size() < BUCKETS_MAX) {
        buckets.merge(lower, new Bucket(upper, count), Bucket::plus);
      }
    }
    return new LatencyCounts(buckets);
  }

  /// The sum of these and a part of others.
  LatencyCounts plus(LatencyCounts other, double part) {
    var sum = new TreeMap<>(buckets);
    other.buckets.forEach((lower, bucket) ->
        sum.merge(lower, new Bucket(bucket.upperSeconds, bucket.count * part), Bucket::plus));
    return new LatencyCounts(sum);
  }

  /// The time that a share of the responses did not exceed, in seconds; NaN without responses.
  double quantile(double share) {
    double total = 0;
    for (Bucket bucket : buckets.values()) {
      total += bucket.count;
    }
    double wanted = share * total;
    double below = 0;
    for (Map.Entry<Double, Bucket> entry : buckets.entrySet()) {
      Bucket bucket = entry.getValue();
      if (below + bucket.count >= wanted) {
        double within = (wanted - below) / bucket.count;
        return entry.getKey() + within * (bucket.upperSeconds - entry.getKey());
      }
      below += bucket.count;
    }
    return Double.NaN;
  }
}
