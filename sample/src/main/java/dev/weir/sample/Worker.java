package dev.weir.sample;

/// Does the CPU work of requests, slice by slice under the quota.
final class Worker {
  private static final double SLICE_MILLIS = 0.4;

  private final WorkLaw law;
  private final CpuQuota quota;
  private final double divisionsPerMilli;
  private final long sliceDivisions;

  Worker(WorkLaw law, CpuQuota quota, double divisionsPerMilli) {
    this.law = law;
    this.quota = quota;
    this.divisionsPerMilli = divisionsPerMilli;
    this.sliceDivisions = Math.max(1, Math.round(divisionsPerMilli * SLICE_MILLIS));
  }

  /// Spends the CPU time that the law draws, on the large prime.
  void work() throws InterruptedException {
    long divisions = Math.round(law.nextMillis() * divisionsPerMilli);
    long odds = (TrialDivision.last(TrialDivision.LARGE_PRIME) - TrialDivision.FIRST) / 2;
    while (divisions > 0) {
      long pass = Math.min(divisions, odds); // beyond the root it starts over
      search(TrialDivision.LARGE_PRIME, pass);
      divisions -= pass;
    }
  }

  /// Whether `number`, at least 2, is prime; takes as long as needed.
  boolean isPrime(long number) throws InterruptedException {
    if (number % 2 == 0) {
      return number == 2;
    }
    long odds = (TrialDivision.last(number) - TrialDivision.FIRST) / 2 + 1;
    return number < TrialDivision.FIRST * TrialDivision.FIRST || search(number, odds) == 0;
  }

  private long search(long number, long divisions) throws InterruptedException {
    long divisor = 0;
    for (long done = 0; done < divisions && divisor == 0; done += sliceDivisions) {
      quota.enter();
      try {
        long count = Math.min(sliceDivisions, divisions - done);
        divisor = TrialDivision.divisor(number, TrialDivision.FIRST + 2 * done, count);
      } finally {
        quota.exit();
      }
    }
    return divisor;
  }
}
