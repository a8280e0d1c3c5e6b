import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// What the requests of a normal client that were due in some time came to.
///
/// @param requests how many there were
/// @param failed those of them without a good response
/// @param p50 of the good ones, in milliseconds; NaN without any
/// @param errors how many failed of what
record Window(int requests, int failed, double p50, double p99, Map<String, Integer> errors) {
  private static final double GOOD_MILLIS = 100;
  private static final double FAILED_SHARE = .001;

  static Window of(List<NormalClient.Sample> samples, long fromNanos, long toNanos) {
    List<NormalClient.Sample> in =
        samples.stream()
            .filter(s -> s.dueNanos() - fromNanos >= 0 && s.dueNanos() - toNanos < 0)
            .toList();
    long[] sorted =
        in.stream()
            .filter(NormalClient.Sample::good)
            .mapToLong(NormalClient.Sample::latencyNanos)
            .sorted()
            .toArray();
    Map<String, Integer> errors = new TreeMap<>();
    in.stream().filter(s -> !s.good()).forEach(s -> errors.merge(s.error(), 1, Integer::sum));
    return new Window(
        in.size(),
        in.size() - sorted.length,
        rank(sorted, .5),
        rank(sorted, .99),
        Collections.unmodifiableMap(errors));
  }

  /// The nearest rank, in milliseconds.
  private static double rank(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : LongStream.of(sorted)
                .skip((long) Math.max(0, Math.ceil(share * sorted.length) - 1))
                .findFirst()
                .orElseThrow()
            / 1e6;
  }

  /// Whether a client would have noticed nothing: p99 within 100 ms and at most one request in
  /// 1,000 lost.
  boolean good() {
    return requests > 0 && lossless() && p99 <= GOOD_MILLIS;
  }

  /// Whether nothing is wrong but that responses were late, as they also are on a busy machine.
  boolean lates() {
    return errors.keySet().stream().allMatch("timeout"::equals);
  }

  boolean lossless() {
    return failed <= requests * FAILED_SHARE;
  }

  @Override
  public String toString() {
    return "%s ms, %d of %d failed"
            .formatted(Double.isNaN(p99) ? "-" : "%,.0f".formatted(p99), failed, requests)
        + (errors.isEmpty() ? "" : " " + errors);
  }
}
