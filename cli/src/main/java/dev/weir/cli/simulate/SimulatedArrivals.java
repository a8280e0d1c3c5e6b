package dev.weir.cli.simulate;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.LawOptions;
import dev.weir.cli.option.OptionParsing;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a simulation's arrivals.
@HelpSection("Arrivals")
final class SimulatedArrivals {
  private static final double RHO_DEFAULT = 0.85;

  @Option(
      names = "--rho",
      paramLabel = "SHARE",
      description =
          "Arrival rate as a share of the replicas' capacity, unless --lambda, --mean or the law"
              + " sets it. Default: 0.85.")
  private @Nullable Double rho;

  @Mixin private LawOptions arrivals = new LawOptions();

  @Option(
      names = "--gap-scv",
      paramLabel = "RATIO",
      defaultValue = "NaN",
      description =
          "Squared coefficient of variation of the gaps (ca²), in place of the law's own"
              + " parameters: of gamma, lognormal, hyperexponential, and of erlang (1/2, 1/3, ...)."
              + " Default: 0.5, 0.5, 4 and 0.25.")
  private double gapScv;

  /// The law of arrivals. With only a mean and a variance it is one of [ShapedLaw]; otherwise the
  /// options mean the same as in every other command.
  ///
  /// @param capacityPerSecond what all replicas together can do
  Optional<GapLaw> gaps(DoubleSupplier capacityPerSecond, Problems problems) {
    String name = arrivals.typed();
    boolean shaped = ShapedLaw.knows(name) && !arrivals.hasShape();
    problems.check(
        shaped || Double.isNaN(gapScv),
        "--gap-scv",
        gapScv,
        "only for " + ShapedLaw.NAMES + " and without further parameters of the law");
    if (!arrivals.takesRate() || arrivals.hasRate()) {
      problems.check(
          rho == null, "--rho", String.valueOf(rho), "not where the rate of arrivals is given");
    }
    if (!shaped && !arrivals.takesRate()) {
      return arrivals.law(problems);
    }
    Optional<Double> rate = OptionParsing.of(problems, () -> ratePerSecond(capacityPerSecond));
    return shaped
        ? rate.flatMap(
            r -> OptionParsing.of(problems, () -> ShapedLaw.of("--time-dist", name, 1 / r, gapScv)))
        : arrivals.lawAtRate(rate.orElse(1.0), problems);
  }

  private double ratePerSecond(DoubleSupplier capacityPerSecond) {
    if (arrivals.hasRate()) {
      return arrivals.ratePerSecond();
    }
    double share = Checks.positive(rho == null ? RHO_DEFAULT : rho, "--rho");
    return share * capacityPerSecond.getAsDouble();
  }
}
