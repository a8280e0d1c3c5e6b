package dev.weir.cli.option;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Laws;
import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a law of arrivals and its parameters, shared by all commands that have
/// arrivals, real or simulated.
@HelpSection("Arrivals")
public final class LawOptions {
  private static final String TRACE = "trace";

  /// The laws with parameters that fix the rate of arrivals.
  private static final Set<String> OWN_RATE =
      Set.of("uniform", "normal", "folded-normal", "mmpp", TRACE);

  /// Completes the name of a law.
  static final class LawNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    LawNames() {
      super(Laws.names());
      add(TRACE);
    }
  }

  @Option(
      names = {"--time-dist", "--law"},
      paramLabel = "LAW",
      completionCandidates = LawNames.class,
      description =
          "Law of the gaps between arrivals: poisson, constant, uniform, normal, folded-normal,"
              + " lognormal, gamma, weibull, pareto, hyperexponential, mmpp, trace. Default: poisson.")
  private @Nullable String law;

  @Option(
      names = {"--lambda", "--lamb"},
      paramLabel = "RATE",
      description = "Arrivals per second, of poisson and of every law that takes --mean.")
  private @Nullable Double lambda;

  @Option(names = "--mu", paramLabel = "SECONDS", description = "Mean of the normal law.")
  private @Nullable Double mu;

  @Option(
      names = "--sigma",
      paramLabel = "SECONDS",
      description = "Standard deviation of the normal law.")
  private @Nullable Double sigma;

  @Option(
      names = "--normal",
      paramLabel = "truncate|fold",
      completionCandidates = WordCompletion.NormalModes.class,
      description =
          "How to treat a negative normal gap: draw it again, or drop its sign. Default:"
              + " ${DEFAULT-VALUE}.")
  private @Nullable NormalMode normal;

  @Option(
      names = "--mean",
      paramLabel = "SECONDS",
      description = "Mean gap of constant, lognormal, gamma, weibull, pareto, hyperexponential.")
  private @Nullable Double mean;

  @Option(
      names = "--cov",
      paramLabel = "RATIO",
      description = "Standard deviation over mean, of lognormal and gamma.")
  private @Nullable Double cov;

  @Option(
      names = "--shape",
      paramLabel = "NUMBER",
      description = "Shape of weibull (below 1 is bursty), or tail power of pareto (above 1).")
  private @Nullable Double shape;

  @Option(
      names = "--scv",
      paramLabel = "RATIO",
      description = "Squared coefficient of variation of hyperexponential, above 1.")
  private @Nullable Double scv;

  @Option(names = "--min", paramLabel = "SECONDS", description = "Least gap of uniform.")
  private @Nullable Double min;

  @Option(names = "--max", paramLabel = "SECONDS", description = "Greatest gap of uniform.")
  private @Nullable Double max;

  @Option(
      names = "--lambda1",
      paramLabel = "RATE",
      description = "Arrivals per second in mmpp's first state.")
  private @Nullable Double lambda1;

  @Option(
      names = "--lambda2",
      paramLabel = "RATE",
      description = "Arrivals per second in mmpp's second state.")
  private @Nullable Double lambda2;

  @Option(
      names = "--sojourn1",
      paramLabel = "SECONDS",
      description = "Mean stay in mmpp's first state.")
  private @Nullable Double sojourn1;

  @Option(
      names = "--sojourn2",
      paramLabel = "SECONDS",
      description = "Mean stay in mmpp's second state.")
  private @Nullable Double sojourn2;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "File of recorded gaps in seconds, one a line, # for comments; starts over at its end."
              + " Implies --time-dist trace.")
  private @Nullable Path trace;

  /// How to treat a negative normal gap.
  enum NormalMode {
    TRUNCATE,
    FOLD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The law of the options; empty, with the reasons in `problems`, if they are wrong.
  public Optional<GapLaw> law(Problems problems) {
    return law(parameters(), problems);
  }

  /// The law at this rate, if neither the law nor the user sets one.
  public Optional<GapLaw> lawAtRate(double arrivalsPerSecond, Problems problems) {
    Map<String, Double> all = parameters();
    if (takesRate() && !all.containsKey("mean")) {
      all.putIfAbsent("lambda", arrivalsPerSecond);
    }
    return law(all, problems);
  }

  /// Whether the law takes a rate or a mean, so that one can be chosen for it.
  public boolean takesRate() {
    return !OWN_RATE.contains(typed());
  }

  /// Arrivals per second as given, by rate or by mean.
  ///
  /// @throws IllegalArgumentException if both were given, or none above 0
  public double ratePerSecond() {
    if (mean == null) {
      return Checks.positive(lambda == null ? Double.NaN : lambda, "--lambda");
    }
    Checks.check(lambda == null, "--mean", mean, "not beside --lambda");
    return 1 / Checks.positive(mean, "--mean");
  }

  /// Whether `--lambda` or `--mean` was given.
  public boolean hasRate() {
    return lambda != null || mean != null;
  }

  /// Whether anything but the rate was given.
  public boolean hasShape() {
    Map<String, Double> given = parameters();
    given.keySet().removeAll(List.of("lambda", "mean"));
    return !given.isEmpty();
  }

  /// The law's full name in lower case: queueing theory has short names for two laws.
  public String typed() {
    String name = law == null ? defaultLaw() : law.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "exp", "exponential" -> "poisson";
      case "fixed" -> "constant";
      default -> name;
    };
  }

  private Optional<GapLaw> law(Map<String, Double> parameters, Problems problems) {
    String name = name(problems);
    if (!name.equals(TRACE)) {
      problems.check(
          trace == null, "--trace", String.valueOf(trace), "not beside --time-dist " + name);
      return Laws.named(name, parameters, problems);
    }
    for (String superfluous : parameters.keySet()) {
      problems.add("--%s: not for trace (trace takes --trace)".formatted(superfluous));
    }
    if (trace == null) {
      problems.add("--trace: missing (--time-dist trace takes --trace FILE)");
      return Optional.empty();
    }
    try {
      return Optional.of(GapFile.read(trace));
    } catch (UserError | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private String name(Problems problems) {
    String typed = typed();
    boolean folds = typed.equals("folded-normal");
    if (normal != null) {
      problems.check(
          typed.equals("normal") || (folds && normal == NormalMode.FOLD),
          "--normal",
          normal,
          "only beside --time-dist normal");
    }
    return typed.equals("normal") && normal == NormalMode.FOLD ? "folded-normal" : typed;
  }

  private String defaultLaw() {
    return trace == null ? "poisson" : TRACE;
  }

  private Map<String, Double> parameters() {
    var given = new TreeMap<String, Double>();
    put(given, "lambda", lambda);
    put(given, "mu", mu);
    put(given, "sigma", sigma);
    put(given, "mean", mean);
    put(given, "cov", cov);
    put(given, "shape", shape);
    put(given, "scv", scv);
    put(given, "min", min);
    put(given, "max", max);
    put(given, "lambda1", lambda1);
    put(given, "lambda2", lambda2);
    put(given, "sojourn1", sojourn1);
    put(given, "sojourn2", sojourn2);
    return given;
  }

  private static void put(Map<String, Double> given, String name, @Nullable Double value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
