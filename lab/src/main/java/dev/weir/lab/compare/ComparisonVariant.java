package dev.weir.lab.compare;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Checks;
import dev.weir.sim.Variant;
import dev.weir.term.FigureText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the variants that `weir compare` compares.
public sealed interface ComparisonVariant {
  /// What tables and folders call it.
  String label();

  /// A policy of the balancer, and the limit on what a replica has in flight.
  ///
  /// @param limit for the policy `weir`; other policies take none
  record Policy(PolicySpec spec, LimitSpec limit) implements ComparisonVariant {
    private static final String EXPECTED =
        "weir=auto, weir=off or weir=N with N from 1 to " + BalancerSettings.LIMIT_MAX;

    /// Reads `weir`, `weir=4`, `weir=off` or the name of another policy.
    ///
    /// @param option the option before the text, for messages
    /// @throws IllegalArgumentException naming what was expected
    public static Policy parse(String option, String text) {
      int split = text.indexOf('=');
      PolicySpec spec = PolicySpec.parse(option, split < 0 ? text : text.substring(0, split));
      if (split < 0) {
        return new Policy(spec, LimitSpec.AUTO);
      }
      Checks.check(
          spec == PolicySpec.WEIR, option, text, "a limit only for the policy weir, as in weir=4");
      try {
        return new Policy(spec, LimitSpec.parse(option, text.substring(split + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s: %s (expected: %s)".formatted(option, text, EXPECTED), e);
      }
    }

    @Override
    public String label() {
      return limit.equals(LimitSpec.AUTO) ? spec.label() : spec.label() + "=" + limit.label();
    }

    /// The same for a simulation.
    Variant variant() {
      return new Variant(spec, limit);
    }
  }

  /// An image of a service.
  record Image(String name) implements ComparisonVariant {
    @Override
    public String label() {
      return name;
    }
  }

  /// A number of replicas of a service.
  record Count(int replicas) implements ComparisonVariant {
    @Override
    public String label() {
      return FigureText.count(replicas, "replica");
    }
  }

  /// A rule of autoscaling, which sets a service's number of replicas during a run.
  sealed interface Rule extends ComparisonVariant {
    /// What [#parse] takes, for error messages.
    String EXPECTED = "weir, cpu or fixed=N with N from 1 to 1000";

    /// Reads `weir`, `cpu` or `fixed=4`.
    ///
    /// @param option the option before the text, for messages
    /// @throws IllegalArgumentException naming what was expected
    static Rule parse(String option, String text) {
      return switch (text) {
        case "weir" -> new Weir();
        case "cpu" -> new Cpu();
        default -> {
          Matcher form = Fixed.FORM.matcher(text);
          Checks.check(form.matches(), option, text.isBlank() ? "empty" : text, EXPECTED);
          yield new Fixed(Integer.parseInt(form.group(1)));
        }
      };
    }

    /// How many replicas there are when a run begins.
    ///
    /// @param usual with a rule that does not say
    default int first(int usual) {
      return usual;
    }

    /// Weir's own: the balancers that serve the service decide.
    record Weir() implements Rule {
      @Override
      public String label() {
        return "weir";
      }
    }

    /// Kubernetes' HorizontalPodAutoscaler by CPU.
    record Cpu() implements Rule {
      @Override
      public String label() {
        return "cpu";
      }
    }

    /// A count that never changes.
    record Fixed(int replicas) implements Rule {
      private static final Pattern FORM = Pattern.compile("fixed=([1-9][0-9]{0,2}|1000)");

      @Override
      public String label() {
        return "fixed=" + replicas;
      }

      @Override
      public int first(int usual) {
        return replicas;
      }
    }
  }
}
