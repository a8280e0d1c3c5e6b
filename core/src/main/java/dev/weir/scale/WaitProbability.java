package dev.weir.scale;

import dev.weir.arrivals.SpecialFunctions;

/// The probability that a request waits in a first-come-first-served queue with several slots
/// (GI/G/m).
final class WaitProbability {
  /*
   * Whitt, "Approximations for the GI/G/m queue", Production and Operations Management 2 (1993),
   * section 3.2 (the pi_1 to pi_6 here are his); exact for M/M/m. For one slot Krämer and
   * Langenbach-Belz, "Approximate formulae for the delay in the queueing system GI/G/1" (1976).
   */
  private static final double NEGLIGIBLE = 1e-12;
  private static final int MANY = 7;

  private WaitProbability() {}

  /// @param rho utilisation, in `[0, 1)`
  /// @param m slots, >= 1
  /// @param ca2 squared coefficient of variation of the gaps
  /// @param cs2 squared coefficient of variation of the work
  static double of(double rho, int m, double ca2, double cs2) {
    if (rho <= 0) {
      return 0;
    }
    double raw = m == 1 ? oneSlot(rho, ca2, cs2) : slots(rho, m, ca2, cs2);
    return Math.clamp(raw, 0, 1);
  }

  private static double oneSlot(double rho, double ca2, double cs2) {
    double h =
        ca2 <= 1
            ? (1 + ca2 + rho * cs2) / (1 + rho * (cs2 - 1) + rho * rho * (4 * ca2 + cs2))
            : 4 * rho / (ca2 + rho * rho * (4 * ca2 + cs2));
    return rho + (ca2 - 1) * rho * (1 - rho) * h;
  }

  private static double slots(double rho, int m, double ca2, double cs2) {
    double exponential = erlangC(rho, m);
    if (exponential < NEGLIGIBLE) {
      return exponential;
    }
    double spare = (1 - rho) * Math.sqrt(m);
    double pi4 = scaled(exponential, spare, (1 + cs2) * spare / (ca2 + cs2));
    double pi5 = scaled(exponential, spare, 2 * spare / (1 + ca2));
    double pi1 = rho * rho * pi4 + (1 - rho * rho) * pi5;
    double z = (ca2 + cs2) / (1 + cs2);
    double gamma = (m - m * rho - 0.5) / Math.sqrt(m * rho * z);
    if (m < MANY || gamma <= 0.5 || ca2 >= 1) {
      return pi1;
    }
    double pi6 = above(gamma);
    double pi2 = ca2 * pi1 + (1 - ca2) * pi6;
    double weight = gamma >= 1 ? 1 : 2 * (1 - ca2) * (gamma - 0.5);
    return weight * pi2 + (1 - weight) * pi1;
  }

  private static double scaled(double exponential, double spare, double wanted) {
    return Math.min(1, exponential * above(wanted) / above(spare));
  }

  /// Probability that a standard normal is above `z`.
  private static double above(double z) {
    return SpecialFunctions.normalCdf(-z);
  }

  /// Erlang's C formula: the probability of waiting for exponential gaps and work.
  static double erlangC(double rho, int m) {
    double offered = rho * m;
    double blocking = 1;
    for (int slots = 1; slots <= m; slots++) {
      blocking = offered * blocking / (slots + offered * blocking);
    }
    return blocking / (1 - rho * (1 - blocking));
  }
}
