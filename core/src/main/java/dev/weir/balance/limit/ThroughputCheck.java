package dev.weir.balance.limit;

/// Watches whether full replicas complete as much as before their limits closed.
///
/// Page's cumulative sum test (1954) of "half as many completions as expected" against "as many".
final class ThroughputCheck {
  /*
   * For each request that was expected and each that was completed, the log-likelihood ratio of the
   * two hypotheses is added up, never below zero. It raises the alarm after 80 expected requests if
   * half of them come, after 24 if none comes; while rates do not fall it raises at most one per
   * 160,000 requests. Time is accounted for in lumps, so expectations and completions are gathered
   * and compared only when all replicas' time is accounted for.
   */
  private static final double ALARM = 12;
  private static final double PER_EXPECTED = 0.5;
  private static final double PER_COMPLETED = Math.log(2);

  private double expected;
  private double completed;
  private double sum;

  /// In the time that passed, this many requests should have been completed.
  void expected(double requests) {
    expected += requests;
  }

  /// A full replica completed a request.
  void completed() {
    completed++;
  }

  /// Call it when all replicas' time is accounted for. Returns whether clearly fewer requests were
  /// completed than expected.
  ///
  /// @param variability how much more counts scatter than Poisson's: >= 1
  boolean isAlarmed(double variability) {
    double evidence = PER_EXPECTED * expected - PER_COMPLETED * completed;
    sum = Math.max(0, sum + evidence / variability);
    expected = 0;
    completed = 0;
    return sum > ALARM;
  }

  void clear() {
    expected = 0;
    completed = 0;
    sum = 0;
  }
}
