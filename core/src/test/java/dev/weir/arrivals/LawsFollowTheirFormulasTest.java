package dev.weir.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every law's draws have the mean, the spread and the distribution that the law claims.
class LawsFollowTheirFormulasTest {
  private static final int COUNT = 200_000;

  /// At 200 000 draws a right law has a KS distance of about 0.002 (0.0044 once in 1000 seeds). A
  /// normal law cut off but claiming the uncut cdf scores 0.03, a gamma claiming to be exponential
  /// 0.1 to 0.4.
  private static final double KS_MAX = 0.005;

  static Stream<GapLaw> continuousLaws() {
    return Stream.of(
        new Poisson(40),
        new Uniform(0.01, 0.05),
        new TruncatedNormal(0.1, 0.03),
        new TruncatedNormal(0.1, 0.1),
        new TruncatedNormal(0, 0.1),
        new FoldedNormal(0.1, 0.1),
        new FoldedNormal(0.3, 0.1),
        new FoldedNormal(0, 0.1),
        new Lognormal(0.2, 0.5),
        new Lognormal(0.2, 1.5),
        new Gamma(0.2, 0.3),
        new Gamma(0.2, 1),
        new Gamma(0.2, 2),
        new Weibull(0.2, 0.7),
        new Weibull(0.2, 3),
        new Pareto(0.2, 5.5),
        new Hyperexponential(0.2, 4),
        new Mmpp(200, 10, 0.1, 0.3));
  }

  @ParameterizedTest
  @MethodSource("continuousLaws")
  void drawsMatchMeanSpreadAndDistribution(GapLaw law) {
    double[] gaps = draw(law);
    double mean = Arrays.stream(gaps).average().orElseThrow();
    double variance = Arrays.stream(gaps).map(x -> (x - mean) * (x - mean)).sum() / COUNT;
    // Right: within 1 % (four standard errors of the widest, scv 4). Wrong parameters: 10 % and up.
    assertThat(mean).isCloseTo(law.meanSeconds(), within(law.meanSeconds() * 0.02));
    assertThat(variance / mean / mean).isCloseTo(law.scv(), within(law.scv() * 0.08));
    assertThat(ks(gaps, law)).isLessThan(KS_MAX);
  }

  /// The test above can fail: each of these claims to be what it is not.
  @Test
  void wrongLawsAreFound() {
    assertThat(ks(draw(new TruncatedNormal(0.1, 0.1)), new FoldedNormal(0.1, 0.1)))
        .isGreaterThan(10 * KS_MAX);
    assertThat(ks(draw(new Gamma(0.2, 0.9)), new Poisson(5))).isGreaterThan(4 * KS_MAX);
    assertThat(ks(draw(new Mmpp(200, 10, 0.1, 0.3)), new Poisson(57.5))).isGreaterThan(10 * KS_MAX);
  }

  @Test
  void theTutorialsNormalIsNotWhatItSays() {
    // mu = sigma: cutting off lengthens the mean gap by 28.8 %, folding by 16.7 %.
    assertThat(new TruncatedNormal(1, 1).meanSeconds()).isCloseTo(1.28760, within(1e-5));
    assertThat(new FoldedNormal(1, 1).meanSeconds()).isCloseTo(1.16663, within(1e-5));
  }

  @Test
  void closedFormsOfOtherBooks() {
    assertThat(new Weibull(1, 1).scv()).isCloseTo(1, within(1e-12));
    assertThat(new Weibull(1, 2).scv()).isCloseTo(4 / Math.PI - 1, within(1e-12));
    assertThat(new Pareto(1, 3).scv()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(new Pareto(1, 1.5).scv()).isInfinite();
    assertThat(new Gamma(1, 1).cdf(1)).isCloseTo(1 - Math.exp(-1), within(1e-13));
    assertThat(SpecialFunctions.normalCdf(1.959963984540054)).isCloseTo(0.975, within(1e-13));
    assertThat(SpecialFunctions.normalCdf(-6)).isCloseTo(9.865876450377e-10, within(1e-20));
    assertThat(Math.exp(SpecialFunctions.logGamma(0.5))).isCloseTo(1.7724538509, within(1e-9));
  }

  @Test
  void anMmppOfOneRateIsPoisson() {
    var law = new Mmpp(40, 40, 0.1, 0.3);
    assertThat(law.scv()).isCloseTo(1, within(1e-12));
    assertThat(law.idc(1)).isCloseTo(1, within(1e-12));
    assertThat(law.cdf(0.03)).isCloseTo(new Poisson(40).cdf(0.03), within(1e-12));
  }

  @Test
  void mmppCountsScatterAsTheFormulaSays() {
    // 200/s for 1 s and 10/s for 3 s on average. Poisson would score 1.
    var law = new Mmpp(200, 10, 1, 3);
    for (double tau : new double[] {0.1, 1, 10}) {
      double measured = idc(Schedule.ofCount(law, 1_500_000, 7), tau);
      assertThat(measured).isCloseTo(law.idc(tau), within(law.idc(tau) * 0.1));
    }
    assertThat(law.idc(10)).isGreaterThan(100);
    assertThat(law.scv()).isLessThan(10);
  }

  @Test
  void constantAndTraceRepeat() {
    GapSampler same = new Constant(0.5).sampler(new SplittableRandom(1));
    assertThat(new double[] {same.nextSeconds(), same.nextSeconds()}).containsExactly(0.5, 0.5);
    var trace = new Trace(0.1, 0.2, 0.6);
    GapSampler gaps = trace.sampler(new SplittableRandom(1));
    assertThat(java.util.stream.DoubleStream.generate(gaps::nextSeconds).limit(7).toArray())
        .containsExactly(0.1, 0.2, 0.6, 0.1, 0.2, 0.6, 0.1);
    assertThat(trace.meanSeconds()).isCloseTo(0.3, within(1e-12));
    assertThat(trace.scv()).isCloseTo(0.14 / 3 / 0.09, within(1e-12));
    assertThat(trace.cdf(0.2)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(trace.cdf(0.19)).isCloseTo(1 / 3.0, within(1e-12));
  }

  static double idc(Schedule schedule, double tauSeconds) {
    int bins = (int) (schedule.spanNanos() / 1e9 / tauSeconds);
    double[] counts = new double[bins];
    for (int i = 0; i < schedule.size(); i++) {
      int bin = (int) (schedule.dueNanos(i) / 1e9 / tauSeconds);
      if (bin < bins) {
        counts[bin]++;
      }
    }
    double mean = Arrays.stream(counts).average().orElseThrow();
    return Arrays.stream(counts).map(x -> (x - mean) * (x - mean)).sum() / bins / mean;
  }

  private static double[] draw(GapLaw law) {
    GapSampler sampler = law.sampler(new SplittableRandom(20_261_122));
    double[] gaps = new double[COUNT];
    Arrays.setAll(gaps, _ -> sampler.nextSeconds());
    return gaps;
  }

  private static double ks(double[] gaps, GapLaw law) {
    double[] sorted = gaps.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double claimed = law.cdf(sorted[i]);
      double above = Math.abs((i + 1.0) / sorted.length - claimed);
      distance = Math.max(distance, Math.max(above, Math.abs(claimed - 1.0 * i / sorted.length)));
    }
    return distance;
  }
}
