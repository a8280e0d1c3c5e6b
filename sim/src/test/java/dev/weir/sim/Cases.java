package dev.weir.sim;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Laws;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import java.util.Collections;
import java.util.List;

/// Laws and scenarios that several tests share.
final class Cases {
  static final long SEED = 20_261_122;

  private Cases() {}

  /// A law of that mean and variability: constant, gamma, exponential or hyperexponential.
  static GapLaw law(double meanSeconds, double scv) {
    return Laws.withScv(meanSeconds, scv);
  }

  /// Poisson arrivals at that share of what `k` servers can do, with work of mean 1 s.
  static Scenario scenario(int k, double rho, double scv, Discipline discipline, int requests) {
    List<ServerSpec> servers = Collections.nCopies(k, ServerSpec.of(1, 1));
    return Scenario.of(law(1 / (k * rho), 1), law(1, scv), servers, discipline, requests, SEED)
        .with(settings(1));
  }

  /// Settings that refuse no request and keep a limit at most `limitMax`.
  static BalancerSettings settings(int limitMax) {
    return new BalancerSettings(
        PolicySpec.WEIR, 1_000_000, 1_000_000_000_000_000L, 1_000_000_000L, limitMax);
  }
}
