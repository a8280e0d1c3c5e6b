package dev.weir.arrivals;

import dev.weir.base.Checks;
import java.util.random.RandomGenerator;

/// A two-state Markov-modulated Poisson process: the rate jumps between two values and stays at
/// each for an exponential time. Its bursts are correlated, which the gaps' own law does not show.
///
/// @param lambda1PerSecond arrivals per second in the first state
/// @param lambda2PerSecond arrivals per second in the second state
/// @param sojourn1Seconds mean stay in the first state
/// @param sojourn2Seconds mean stay in the second state
public record Mmpp(
    double lambda1PerSecond,
    double lambda2PerSecond,
    double sojourn1Seconds,
    double sojourn2Seconds)
    implements GapLaw {
  /*
   * Fischer and Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook" (1993). The
   * state just after an arrival is i with probability pi_i lambda_i / rate; from there the time to
   * the next arrival is of phase type, whose survival in two states is a sum of two exponentials
   * w e^(-fast t) + (1-w) e^(-slow t), with -fast and -slow the eigenvalues of D0 and w fixed by the
   * density at zero.
   */
  public Mmpp {
    Domain.NOT_NEGATIVE.check(lambda1PerSecond, "--lambda1");
    Domain.NOT_NEGATIVE.check(lambda2PerSecond, "--lambda2");
    Checks.check(lambda1PerSecond + lambda2PerSecond > 0, "--lambda1", 0, "> 0, or --lambda2 > 0");
    Domain.POSITIVE.check(sojourn1Seconds, "--sojourn1");
    Domain.POSITIVE.check(sojourn2Seconds, "--sojourn2");
  }

  @Override
  public String describe() {
    return "mmpp(lambda1=%s, lambda2=%s, sojourn1=%s, sojourn2=%s)"
        .formatted(
            LawNames.plain(lambda1PerSecond),
            LawNames.plain(lambda2PerSecond),
            LawNames.plain(sojourn1Seconds),
            LawNames.plain(sojourn2Seconds));
  }

  @Override
  public double meanSeconds() {
    return (sojourn1Seconds + sojourn2Seconds)
        / (sojourn1Seconds * lambda1PerSecond + sojourn2Seconds * lambda2PerSecond);
  }

  @Override
  public double scv() {
    Marginal gaps = marginal();
    double rate = 1 / meanSeconds();
    double fast = rate / gaps.fast;
    double slow = rate / gaps.slow;
    return 2 * (gaps.weight * fast * fast + (1 - gaps.weight) * slow * slow) - 1;
  }

  @Override
  public double cdf(double seconds) {
    Marginal gaps = marginal();
    return seconds <= 0
        ? 0
        : -gaps.weight * Math.expm1(-gaps.fast * seconds)
            - (1 - gaps.weight) * Math.expm1(-gaps.slow * seconds);
  }

  /// Index of dispersion for counts: variance over mean of the number of arrivals in `seconds`.
  public double idc(double seconds) {
    double leave = 1 / sojourn1Seconds + 1 / sojourn2Seconds;
    double jump = lambda1PerSecond - lambda2PerSecond;
    double variance = share1() * (1 - share1()) * jump * jump;
    double remembered = 1 + Math.expm1(-leave * seconds) / (leave * seconds);
    return 1 + 2 * variance * meanSeconds() / leave * remembered;
  }

  /// Starts in the stationary mix of states, so that the expected count is even from the first
  /// second on.
  @Override
  public GapSampler sampler(RandomGenerator random) {
    return new Walk(this, random);
  }

  private double share1() {
    return sojourn1Seconds / (sojourn1Seconds + sojourn2Seconds);
  }

  private Marginal marginal() {
    double leave1 = 1 / sojourn1Seconds;
    double leave2 = 1 / sojourn2Seconds;
    double out1 = lambda1PerSecond + leave1;
    double out2 = lambda2PerSecond + leave2;
    double fast = (out1 + out2 + Math.hypot(out1 - out2, 2 * Math.sqrt(leave1 * leave2))) / 2;
    double determinant =
        lambda1PerSecond * lambda2PerSecond + lambda1PerSecond * leave2 + lambda2PerSecond * leave1;
    double slow = determinant / fast;
    double second1 = share1() * lambda1PerSecond * lambda1PerSecond;
    double second2 = (1 - share1()) * lambda2PerSecond * lambda2PerSecond;
    double densityAtZero = (second1 + second2) * meanSeconds();
    return new Marginal((densityAtZero - slow) / (fast - slow), fast, slow);
  }

  /// The law of one gap: an exponential of rate `fast` with probability `weight`, else of `slow`.
  private record Marginal(double weight, double fast, double slow) {}

  /// The modulating chain under way.
  private static final class Walk implements GapSampler {
    private final Mmpp law;
    private final RandomGenerator random;
    private boolean first;

    Walk(Mmpp law, RandomGenerator random) {
      this.law = law;
      this.random = random;
      this.first = random.nextDouble() < law.share1();
    }

    @Override
    public double nextSeconds() {
      double seconds = 0;
      while (true) {
        double arrive = first ? law.lambda1PerSecond : law.lambda2PerSecond;
        double leave = 1 / (first ? law.sojourn1Seconds : law.sojourn2Seconds);
        seconds += random.nextExponential() / (arrive + leave);
        if (random.nextDouble() * (arrive + leave) < arrive) {
          return seconds;
        }
        first = !first;
      }
    }
  }
}
