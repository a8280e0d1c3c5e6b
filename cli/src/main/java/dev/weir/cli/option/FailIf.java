package dev.weir.cli.option;

import dev.weir.base.UserError;
import dev.weir.load.record.Distribution;
import dev.weir.load.record.LoadResult;
import dev.weir.term.FigureText;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A condition on a run's result that fails the command, such as `p99>300ms` or `errors>1%`.
///
/// @param text as the user typed it
/// @param metric the figure it is about
/// @param comparison one of `>`, `>=`, `<`, `<=`
/// @param limit in nanoseconds, a count, a share, or requests per second
/// @param unit what the limit is counted in
record FailIf(String text, String metric, String comparison, double limit, Unit unit) {
  private static final String EXPECTED =
      "such as 'p99>300ms', 'errors>1%' or 'rate<9.5'; metrics: p50 p90 p95 p99 p99.9 max mean"
          + " (of latency, or with service- or lag- before), errors, error-rate, rate";
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([a-z0-9.-]+?)\\s*(>=|<=|>|<)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-z%/]*)\\s*");
  private static final Pattern DURATION =
      Pattern.compile("(?:latency-|service-|lag-)?(?:p([0-9]{1,2}(?:\\.[0-9]+)?)|p100|max|mean)");

  /// What a limit is counted in.
  enum Unit {
    NANOS,
    COUNT,
    SHARE,
    PER_SECOND
  }

  /// Reads one condition.
  ///
  /// @throws UserError naming `--fail-if` if it is not a condition
  static FailIf parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw refused(text);
    }
    String metric = form.group(1);
    double number = Double.parseDouble(form.group(3));
    String suffix = form.group(4);
    Unit unit = unit(text, metric, suffix);
    return new FailIf(text, metric, form.group(2), number * scale(text, unit, suffix), unit);
  }

  /// The measured value if the condition holds; empty if the run passes.
  Optional<String> crossed(LoadResult result) {
    if (unit == Unit.NANOS && result.latency().count() == 0) {
      return Optional.of("no request got a response");
    }
    double value = value(result);
    boolean crossed =
        switch (comparison) {
          case ">" -> value > limit;
          case ">=" -> value >= limit;
          case "<" -> value < limit;
          default -> value <= limit;
        };
    return crossed ? Optional.of("%s is %s".formatted(metric, print(value))) : Optional.empty();
  }

  private double value(LoadResult result) {
    return switch (metric) {
      case "rate" -> result.certificate().achievedPerSecond();
      case "errors", "error-rate" ->
          (double) result.errorCount()
              / (unit == Unit.COUNT ? 1 : Math.max(1, result.records().size()));
      default -> nanos(result);
    };
  }

  private double nanos(LoadResult result) {
    Distribution distribution =
        metric.startsWith("lag-")
            ? result.lag()
            : metric.startsWith("service-") ? result.service() : result.latency();
    String figure = metric.substring(metric.indexOf('-') + 1);
    return switch (figure) {
      case "max", "p100" -> distribution.maxNanos();
      case "mean" -> distribution.meanNanos();
      default -> distribution.percentileNanos(Double.parseDouble(figure.substring(1)));
    };
  }

  private String print(double value) {
    return switch (unit) {
      case NANOS -> FigureText.duration(value);
      case COUNT -> String.format(Locale.ROOT, "%.0f", value);
      case SHARE -> String.format(Locale.ROOT, "%.3g %%", value * 100);
      case PER_SECOND -> String.format(Locale.ROOT, "%.4g/s", value);
    };
  }

  private static Unit unit(String text, String metric, String suffix) {
    return switch (metric) {
      case "rate" -> Unit.PER_SECOND;
      case "errors" -> suffix.equals("%") ? Unit.SHARE : Unit.COUNT;
      case "error-rate" -> Unit.SHARE;
      default -> {
        if (!DURATION.matcher(metric).matches()) {
          throw refused(text);
        }
        yield Unit.NANOS;
      }
    };
  }

  private static double scale(String text, Unit unit, String suffix) {
    return switch (unit.name() + " " + suffix) {
      case "NANOS ns", "COUNT ", "SHARE ", "PER_SECOND ", "PER_SECOND /s" -> 1;
      case "NANOS us" -> 1e3;
      case "NANOS ms" -> 1e6;
      case "NANOS s" -> 1e9;
      case "NANOS m" -> 60e9;
      case "SHARE %" -> 0.01;
      default -> throw refused(text);
    };
  }

  private static UserError refused(String text) {
    return new UserError("--fail-if: %s (expected: %s)".formatted(text, EXPECTED));
  }
}
