package dev.weir.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.run.Certificate;
import dev.weir.run.Certificate.Verdict;
import dev.weir.run.RequestRecord;
import dev.weir.testing.Seeds;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Synthetic sends get the verdict and the figures that they deserve.
class CertifierTest {
  private static final long MILLI = 1_000_000;

  @Test
  void sendsOnTimeAreValidAndMeasureAsTheLaw() {
    Certificate c = certificate(new Poisson(200), 20_000, _ -> 5_000);
    assertThat(c.verdict()).isEqualTo(Verdict.VALID);
    assertThat(c.reasons()).isEmpty();
    assertThat(c.achievedPerSecond()).isCloseTo(c.scheduledPerSecond(), within(0.01));
    assertThat(c.gapMeanSeconds()).isCloseTo(0.005, within(0.0002));
    assertThat(c.gapCovLow()).isLessThan(1);
    assertThat(c.gapCovHigh()).isGreaterThan(1);
    assertThat(c.ks()).isLessThan(0.02);
    assertThat(c.lag1()).isCloseTo(0, within(0.05));
    assertThat(c.idc100ms()).isCloseTo(1, within(0.2));
    assertThat(c.lagP50Nanos()).isBetween(4_900L, 5_100L);
  }

  @Test
  void lagBesideTheMeanGapDegradesThenVoids() {
    // A mean gap of 5 ms: 1 ms is allowed, and more than 10 ms is not a Poisson process any more.
    assertThat(certificate(new Poisson(200), 2000, _ -> 3 * MILLI).verdict())
        .isEqualTo(Verdict.DEGRADED);
    Certificate c = certificate(new Poisson(200), 2000, i -> i % 20 == 0 ? 30 * MILLI : 0);
    assertThat(c.verdict()).isEqualTo(Verdict.VOID);
    assertThat(c.reasons().toString()).contains("lag p99").contains("too busy");
  }

  @Test
  void lagThatIsSmallBesideALongGapIsValid() {
    assertThat(certificate(new Poisson(4), 300, _ -> 3 * MILLI).verdict()).isEqualTo(Verdict.VALID);
  }

  @Test
  void oneStallDegrades() {
    Certificate c = certificate(new Poisson(200), 5000, i -> i == 77 ? 400 * MILLI : 0);
    assertThat(c.verdict()).isEqualTo(Verdict.DEGRADED);
    assertThat(c.reasons().toString()).contains("stalled");
  }

  @Test
  void requestsNeverSentVoid() {
    Schedule schedule = Schedule.ofCount(new Poisson(200), 1000, 3);
    List<RequestRecord> records =
        IntStream.range(0, 1000)
            .mapToObj(i -> record(schedule, i, 0, i % 50 == 0 ? "no-connection" : ""))
            .toList();
    Certificate c = certify(schedule, records);
    assertThat(c.verdict()).isEqualTo(Verdict.VOID);
    assertThat(c.sent()).isEqualTo(980);
  }

  @Test
  void aServerThatRefusesDegradesAndDoesNotVoid() {
    Schedule schedule = Schedule.ofCount(new Poisson(200), 1000, 3);
    List<RequestRecord> records =
        IntStream.range(0, 1000)
            .mapToObj(i -> record(schedule, i, 0, i % 2 == 0 ? "refused" : ""))
            .toList();
    assertThat(certify(schedule, records).verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void theWrongLawIsFar() {
    long[] regular = IntStream.range(0, 2000).mapToLong(i -> 5L * i * MILLI).toArray();
    assertThat(new Gaps(regular).ks(new Poisson(200))).isGreaterThan(0.5);
    assertThat(new Gaps(regular).ks(new Constant(0.005))).isLessThan(0.001);
    assertThat(new Gaps(regular).cov()).isLessThan(1e-9);
  }

  @Test
  void theIntervalOfTheCovHoldsTheTruthMostOfTheTime() {
    int[] held = new int[1];
    int runs = 200;
    for (int seed = 0; seed < runs; seed++) {
      Schedule schedule = Schedule.ofCount(new Poisson(10), 500, seed);
      var gaps = new Gaps(IntStream.range(0, 500).mapToLong(schedule::dueNanos).toArray());
      held[0] += Math.abs(gaps.cov() - 1) <= gaps.covMargin() ? 1 : 0;
    }
    // 95 % is meant; half as wide an interval would hold it 67 % of the time.
    assertThat(held[0]).isBetween(runs * 85 / 100, runs);
  }

  @Test
  void anyOrderAndSizeGivesACertificate() {
    Seeds.forAll(
        50,
        random -> {
          Schedule schedule = Schedule.ofCount(new Poisson(50), 1 + random.nextInt(4), 1);
          List<RequestRecord> records =
              IntStream.range(0, random.nextInt(schedule.size() + 1))
                  .mapToObj(i -> record(schedule, i, random.nextInt(1000), ""))
                  .toList();
          Certificate c = certify(schedule, records);
          assertThat(c.requested()).isEqualTo(schedule.size());
          assertThat(c.sent()).isEqualTo(records.size());
        });
  }

  private static Certificate certificate(GapLaw law, int count, IntToLongFunction lagNanos) {
    Schedule schedule = Schedule.ofCount(law, count, 7);
    return certify(
        schedule,
        IntStream.range(0, count)
            .mapToObj(i -> record(schedule, i, lagNanos.applyAsLong(i), ""))
            .toList());
  }

  private static Certificate certify(Schedule schedule, List<RequestRecord> records) {
    return Certifier.certify(schedule, records, new Certifier.Circumstances(false, 0, 8));
  }

  private static RequestRecord record(Schedule schedule, int number, long lagNanos, String error) {
    long due = schedule.dueNanos(number);
    long sent = error.isEmpty() ? due + lagNanos : -1;
    return new RequestRecord(
        number, due, sent, due + lagNanos, error.isEmpty() ? 200 : 0, 0, "", error);
  }
}
