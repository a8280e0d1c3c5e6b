package dev.weir.arrivals;

import dev.weir.base.Checks;
import dev.weir.base.NearestName;
import java.util.List;
import java.util.Map;

/// Laws that a mean and a squared coefficient of variation determine, by the names that `simulate`
/// takes.
public final class ShapedLaw {
  public static final String NAMES = "exp, fixed, erlang, gamma, lognormal, hyperexponential";

  private ShapedLaw() {}

  /// Whether [#of] knows that law.
  public static boolean knows(String name) {
    return List.of(NAMES.split(", ")).contains(name)
        || List.of("exponential", "poisson", "constant").contains(name);
  }

  /// The law called `name`.
  ///
  /// @param option the option before the name, for messages
  /// @param scv NaN for the law's usual one
  public static GapLaw of(String option, String name, double meanSeconds, double scv) {
    return switch (name) {
      case "exp", "exponential", "poisson" -> {
        check(option, name, scv, Double.isNaN(scv) || scv == 1, "1, or left out");
        yield Laws.named("poisson", Map.of("mean", meanSeconds));
      }
      case "fixed", "constant" -> {
        check(option, name, scv, Double.isNaN(scv) || scv == 0, "0, or left out");
        yield Laws.named("constant", Map.of("mean", meanSeconds));
      }
      case "erlang" -> {
        double wanted = Double.isNaN(scv) ? 0.25 : scv;
        double stages = Math.rint(1 / wanted);
        boolean whole = Math.abs(1 / wanted - stages) < 0.01 && stages >= 1;
        check(option, name, wanted, whole, "1/2, 1/3, 1/4, ... (gamma takes any)");
        yield cov("gamma", meanSeconds, 1 / stages);
      }
      case "gamma", "lognormal" -> {
        double wanted = Double.isNaN(scv) ? 0.5 : scv;
        check(option, name, wanted, wanted > 0, "> 0");
        yield cov(name, meanSeconds, wanted);
      }
      case "hyperexponential" -> {
        double wanted = Double.isNaN(scv) ? 4 : scv;
        check(option, name, wanted, wanted > 1, "> 1");
        yield Laws.named(name, Map.of("mean", meanSeconds, "scv", wanted));
      }
      default ->
          throw new IllegalArgumentException(
              "%s: %s (expected: one of %s%s)"
                  .formatted(
                      option, name, NAMES, NearestName.hint(name, List.of(NAMES.split(", ")))));
    };
  }

  private static GapLaw cov(String name, double meanSeconds, double scv) {
    return Laws.named(name, Map.of("mean", meanSeconds, "cov", Math.sqrt(scv)));
  }

  private static void check(
      String option, String name, double scv, boolean holds, String expected) {
    String setting = option.equals("--time-dist") ? "--gap-scv" : "--service-scv";
    Checks.check(holds, setting, scv, "%s, for %s".formatted(expected, name));
  }
}
