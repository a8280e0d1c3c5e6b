package dev.weir.scale;

import dev.weir.base.Checks;

/// What a service has to do.
///
/// @param ratePerSecond arrivals per second (λ), >= 0
/// @param gapScv burstiness of the arrivals: the larger of the squared coefficient of variation of
///   the gaps (ca²) and the index of dispersion for counts (IDC) in bins of about ten mean works
/// @param work the law of the work of a request
public record Demand(double ratePerSecond, double gapScv, WorkLaw work) {
  public Demand {
    Checks.notNegative(ratePerSecond, "lambda");
    Checks.notNegative(gapScv, "scv of gaps");
  }

  /// The same with another rate.
  public Demand withRate(double otherPerSecond) {
    return new Demand(otherPerSecond, gapScv, work);
  }

  /// Slots busy on average (λ S, in Erlang), which is what any number of slots must exceed.
  public double erlangs() {
    return ratePerSecond * work.meanSeconds();
  }
}
