package dev.weir.load.record;

import dev.weir.arrivals.Schedule;
import dev.weir.run.Certificate;
import dev.weir.run.RequestRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Compares the sends of a run with its schedule and judges whether its figures are valid.
public final class Certifier {
  private static final long IDC_SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long IDC_MIDDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IDC_LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Certifier() {}

  /// Circumstances of the run besides its records.
  ///
  /// @param stopped whether it was stopped before the end of the schedule
  /// @param waited how many requests found no idle connection
  /// @param connectionsMax how many connections there could be
  public record Circumstances(boolean stopped, int waited, int connectionsMax) {}

  /// The certificate of a run with this schedule and these records.
  public static Certificate certify(
      Schedule schedule, List<RequestRecord> records, Circumstances circumstances) {
    long[] sends =
        records.stream().mapToLong(RequestRecord::sentNanos).filter(t -> t >= 0).toArray();
    var gaps = new Gaps(sends);
    var lag = new Distribution();
    records.forEach(request -> lag.add(request.lagNanos()));
    double cov = gaps.cov();
    double margin = gaps.covMargin();
    double scheduled = perSecond(schedule.size(), schedule.dueNanos(schedule.size() - 1));
    double achieved = sends.length == 0 ? 0 : perSecond(sends.length, max(sends));
    var verdict = CertificateVerdict.of(schedule, records, lag, circumstances);
    return new Certificate(
        verdict.verdict(),
        verdict.reasons(),
        schedule.law().describe(),
        schedule.size(),
        sends.length,
        scheduled,
        achieved,
        gaps.meanSeconds(),
        gaps.sigmaSeconds(),
        cov,
        Math.max(0, cov - margin),
        cov + margin,
        gaps.ks(schedule.law()),
        gaps.lag1(),
        gaps.dispersion(IDC_SHORT_NANOS),
        gaps.dispersion(IDC_MIDDLE_NANOS),
        gaps.dispersion(IDC_LONG_NANOS),
        lag.percentileNanos(50),
        lag.percentileNanos(99),
        lag.maxNanos());
  }

  /// The rate from the schedule's zero to the last of `count`, so that a single request has one
  /// too.
  public static double perSecond(long count, long lastNanos) {
    return count * 1e9 / Math.max(1, lastNanos);
  }

  private static long max(long[] sends) {
    long last = 1;
    for (long sent : sends) {
      last = Math.max(last, sent);
    }
    return last;
  }
}
