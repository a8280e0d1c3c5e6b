package dev.weir.arrivals;

import dev.weir.base.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The laws by name, made from named parameters as flags and files give them.
public final class Laws {
  private static final String LAMBDA = "lambda";
  private static final String MEAN = "mean";

  private static final List<Form> FORMS =
      List.of(
          new Form("poisson", v -> new Poisson(v[0])).takes(LAMBDA, Domain.POSITIVE),
          new Form("constant", v -> new Constant(v[0])).takes(MEAN, Domain.POSITIVE),
          new Form("uniform", v -> new Uniform(v[0], v[1]))
              .takes("min", Domain.NOT_NEGATIVE)
              .takes("max", Domain.POSITIVE),
          new Form("normal", v -> new TruncatedNormal(v[0], v[1]))
              .takes("mu", Domain.NOT_NEGATIVE)
              .takes("sigma", Domain.SPREAD),
          new Form("folded-normal", v -> new FoldedNormal(v[0], v[1]))
              .takes("mu", Domain.NOT_NEGATIVE)
              .takes("sigma", Domain.SPREAD),
          new Form("lognormal", v -> new Lognormal(v[0], v[1]))
              .takes(MEAN, Domain.POSITIVE)
              .takes("cov", Domain.COV),
          new Form("gamma", v -> new Gamma(v[0], v[1]))
              .takes(MEAN, Domain.POSITIVE)
              .takes("cov", Domain.COV),
          new Form("weibull", v -> new Weibull(v[0], v[1]))
              .takes(MEAN, Domain.POSITIVE)
              .takes("shape", Domain.WEIBULL_SHAPE),
          new Form("pareto", v -> new Pareto(v[0], v[1]))
              .takes(MEAN, Domain.POSITIVE)
              .takes("shape", Domain.ABOVE_ONE),
          new Form("hyperexponential", v -> new Hyperexponential(v[0], v[1]))
              .takes(MEAN, Domain.POSITIVE)
              .takes("scv", Domain.ABOVE_ONE),
          new Form("mmpp", v -> new Mmpp(v[0], v[1], v[2], v[3]))
              .takes("lambda1", Domain.NOT_NEGATIVE)
              .takes("lambda2", Domain.NOT_NEGATIVE)
              .takes("sojourn1", Domain.POSITIVE)
              .takes("sojourn2", Domain.POSITIVE));

  private Laws() {}

  /// The names that [#named] knows, in the order in which they are listed to users. A [Trace] has
  /// no parameters and so no entry.
  public static List<String> names() {
    return FORMS.stream().map(Form::name).toList();
  }

  /// The usual law for a mean and a variability: constant for 0, gamma below 1 (the variability of
  /// exponential times), poisson for 1 and hyperexponential above.
  ///
  /// @param meanSeconds > 0
  /// @param scv squared coefficient of variation: >= 0
  public static GapLaw withScv(double meanSeconds, double scv) {
    if (scv == 0) {
      return named("constant", Map.of(MEAN, meanSeconds));
    }
    if (scv == 1) {
      return named("poisson", Map.of(MEAN, meanSeconds));
    }
    return scv < 1
        ? named("gamma", Map.of(MEAN, meanSeconds, "cov", Math.sqrt(scv)))
        : named("hyperexponential", Map.of(MEAN, meanSeconds, "scv", scv));
  }

  /// Makes the law called `name`.
  ///
  /// `lambda` and `mean` are reciprocals: a law that takes one also takes the other.
  ///
  /// @param parameters values by the names of their flags without dashes, such as `lambda`
  /// @throws IllegalArgumentException naming every error and what the law takes
  public static GapLaw named(String name, Map<String, Double> parameters) {
    var problems = new Problems();
    Optional<GapLaw> law = named(name, parameters, problems);
    problems.throwIfAny(name);
    return law.orElseThrow();
  }

  /// Makes the law called `name`, or adds every error to `problems` and returns empty.
  public static Optional<GapLaw> named(
      String name, Map<String, Double> parameters, Problems problems) {
    String own = name.equals("exponential") ? "poisson" : name;
    Optional<Form> form = FORMS.stream().filter(known -> known.name.equals(own)).findFirst();
    if (form.isEmpty()) {
      problems.check(
          false,
          "--time-dist",
          name,
          "one of %s, trace; did you mean %s?"
              .formatted(String.join(", ", names()), nearest(name)));
      return Optional.empty();
    }
    int before = problems.all().size();
    double[] values = form.get().values(meanOrRate(form.get(), parameters, problems), problems);
    if (problems.all().size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.get().create.apply(values));
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Map<String, Double> meanOrRate(
      Form form, Map<String, Double> parameters, Problems problems) {
    var given = new TreeMap<>(parameters);
    String own = form.takes(LAMBDA) ? LAMBDA : MEAN;
    String other = form.takes(LAMBDA) ? MEAN : LAMBDA;
    Double value = given.get(other);
    if (!form.takes(own) || value == null) {
      return given;
    }
    problems.check(
        !given.containsKey(own), "--" + other, LawNames.plain(value), "not beside --" + own);
    problems.check(Domain.POSITIVE.holds(value), "--" + other, value, Domain.POSITIVE.expected());
    given.remove(other);
    given.putIfAbsent(own, Domain.POSITIVE.holds(value) ? 1 / value : 1);
    return given;
  }

  private static String nearest(String name) {
    var known = new ArrayList<>(names());
    known.add("trace");
    return known.stream()
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .orElseThrow();
  }

  /// Levenshtein's distance.
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /// One parameter of a law and what it may be.
  private record Parameter(String name, Domain domain) {}

  /// A law's name, its parameters, and how to make it.
  private record Form(String name, List<Parameter> parameters, Function<double[], GapLaw> create) {
    Form(String name, Function<double[], GapLaw> create) {
      this(name, List.of(), create);
    }

    Form takes(String parameter, Domain domain) {
      var more = new ArrayList<>(parameters);
      more.add(new Parameter(parameter, domain));
      return new Form(name, List.copyOf(more), create);
    }

    boolean takes(String parameter) {
      return parameters.stream().anyMatch(known -> known.name.equals(parameter));
    }

    /// The values in the order of the parameters; adds every error to `problems`.
    double[] values(Map<String, Double> given, Problems problems) {
      String all =
          "%s takes --%s"
              .formatted(
                  name, String.join(", --", parameters.stream().map(Parameter::name).toList()));
      double[] values = new double[parameters.size()];
      for (int i = 0; i < values.length; i++) {
        Parameter parameter = parameters.get(i);
        Double value = given.get(parameter.name);
        if (value == null) {
          problems.add("--%s: missing (%s)".formatted(parameter.name, all));
        } else {
          values[i] = value;
          problems.check(
              parameter.domain.holds(value),
              "--" + parameter.name,
              value,
              parameter.domain.expected());
        }
      }
      for (String superfluous : given.keySet()) {
        if (!takes(superfluous)) {
          problems.add("--%s: not for %s (%s)".formatted(superfluous, name, all));
        }
      }
      return values;
    }
  }
}
