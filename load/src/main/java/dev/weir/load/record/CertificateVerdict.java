package dev.weir.load.record;

import dev.weir.arrivals.Schedule;
import dev.weir.run.Certificate.Verdict;
import dev.weir.run.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The verdict on a run's load, and its reasons.
///
/// It judges lag and count, not the Kolmogorov-Smirnov distance: with many requests that test
/// rejects a lag of a microsecond, and with few it accepts the wrong law.
///
/// @param verdict the worst of all findings
/// @param reasons one line for each
record CertificateVerdict(Verdict verdict, List<String> reasons) {
  /*
   * Lag is judged relative to the mean gap G: a queue cannot tell arrivals shifted by a tenth of G
   * apart, but shifts of G make another process. At high rates a tenth of G is finer than the
   * preemptions of any machine, which last 1 to 6 ms, while the counts in windows that a queue
   * feels do not change; so there is a floor. At low rates a tenth of G would allow lags that spoil
   * the latencies, which include them; so there is a ceiling.
   */
  private static final double DEGRADED_GAPS = 0.1;
  private static final long DEGRADED_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DEGRADED_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final double VOID_GAPS = 1;
  private static final long VOID_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long VOID_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /*
   * The 99th percentile misses one long pause of the machine in a long run; ten gaps at once are a
   * burst that is not in the schedule.
   */
  private static final double STALL_GAPS = 10;
  private static final long STALL_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STALL_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// One request in a thousand does not change a percentile that is worth quoting.
  private static final double UNSENT_DEGRADED = 0.001;

  /// From here on the 99th percentile belongs to requests that were never made.
  private static final double UNSENT_VOID = 0.01;

  /// Failures caused by the sender, rather than by a server that refuses connections.
  private static final Set<String> OWN = Set.of("no-connection", "stopped");

  static CertificateVerdict of(
      Schedule schedule,
      List<RequestRecord> records,
      Distribution lag,
      Certifier.Circumstances circumstances) {
    var findings = new Findings();
    unsent(records, circumstances, findings);
    lag(meanGapNanos(schedule), lag, circumstances, findings);
    if (circumstances.stopped()) {
      String text = "stopped after %d of %d requests".formatted(records.size(), schedule.size());
      findings.add(Verdict.DEGRADED, text);
    }
    if (records.isEmpty()) {
      findings.add(Verdict.VOID, "nothing was sent");
    }
    return new CertificateVerdict(findings.worst, List.copyOf(findings.reasons));
  }

  private static void unsent(
      List<RequestRecord> records, Certifier.Circumstances circumstances, Findings findings) {
    long own = count(records, true);
    double share = (double) own / Math.max(1, records.size());
    if (share > UNSENT_DEGRADED) {
      findings.add(
          share > UNSENT_VOID ? Verdict.VOID : Verdict.DEGRADED,
          "%d of %d requests were never sent, for want of a connection%s"
              .formatted(own, records.size(), advice(circumstances)));
    }
    long refused = count(records, false);
    if ((double) refused / Math.max(1, records.size()) > UNSENT_DEGRADED) {
      findings.add(
          Verdict.DEGRADED,
          "%d of %d requests could not be sent: the server took no connection"
              .formatted(refused, records.size()));
    }
  }

  private static long count(List<RequestRecord> records, boolean own) {
    return records.stream()
        .filter(r -> r.sentNanos() < 0 && OWN.contains(r.error()) == own)
        .count();
  }

  private static void lag(
      double gapNanos, Distribution lag, Certifier.Circumstances circumstances, Findings findings) {
    long p99 = lag.percentileNanos(99);
    long degraded = within(DEGRADED_GAPS * gapNanos, DEGRADED_MIN_NANOS, DEGRADED_MAX_NANOS);
    long spoilt = within(VOID_GAPS * gapNanos, VOID_MIN_NANOS, VOID_MAX_NANOS);
    long stall = within(STALL_GAPS * gapNanos, STALL_MIN_NANOS, STALL_MAX_NANOS);
    if (p99 > degraded) {
      findings.add(
          p99 > spoilt ? Verdict.VOID : Verdict.DEGRADED,
          "lag p99 %s (allowed: %s beside a mean gap of %s)%s"
              .formatted(
                  millis((double) p99),
                  millis((double) (p99 > spoilt ? spoilt : degraded)),
                  millis(gapNanos),
                  advice(circumstances)));
    } else if (lag.maxNanos() > stall) {
      findings.add(
          Verdict.DEGRADED,
          "the sender stalled once for %s (allowed: %s)"
              .formatted(millis((double) lag.maxNanos()), millis((double) stall)));
    }
  }

  private static String advice(Certifier.Circumstances circumstances) {
    if (circumstances.waited() == 0) {
      return ": this machine is too busy; send from another one";
    }
    return "; %d waited for one of %d connections: raise --connections, or the server is overloaded"
        .formatted(circumstances.waited(), circumstances.connectionsMax());
  }

  private static double meanGapNanos(Schedule schedule) {
    return (double) schedule.dueNanos(schedule.size() - 1) / schedule.size();
  }

  private static long within(double nanos, long min, long max) {
    return (long) Math.clamp(nanos, (double) min, (double) max);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  /// The findings so far.
  private static final class Findings {
    private final List<String> reasons = new ArrayList<>();
    private Verdict worst = Verdict.VALID;

    void add(Verdict verdict, String reason) {
      worst = verdict.compareTo(worst) > 0 ? verdict : worst;
      reasons.add(reason);
    }
  }
}
