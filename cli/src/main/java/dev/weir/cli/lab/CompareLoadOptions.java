package dev.weir.cli.lab;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.LawOptions;
import dev.weir.cli.option.OptionParsing;
import dev.weir.lab.compare.ComparisonLoad;
import dev.weir.lab.local.LocalWork;
import dev.weir.term.Progress;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every run's load, and of the cost of a request.
@HelpSection("Load")
final class CompareLoadOptions implements ComparisonLoad {
  private static final long SEED_MAX = 1_000_000_000;
  private static final double RHO_DEFAULT = 0.8;
  private static final String WORK_DIST_DEFAULT = "exponential";
  private static final Duration DURATION_DEFAULT = Duration.ofSeconds(20);
  private static final Duration DURATION_MIN = Duration.ofSeconds(2);
  private static final Duration DURATION_MAX = Duration.ofMinutes(30);

  @Option(
      names = "--rho",
      paramLabel = "SHARE",
      description =
          "Arrival rate as a share of the replicas' capacity, unless --lambda, --mean or the law"
              + " sets it. The cost of a request is measured first. Default: 0.8.")
  private @Nullable Double rho;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Length of each run's load. Default: 20s; with --autoscale 5m, into which the hour of the"
              + " trace is squeezed.")
  private @Nullable Duration duration;

  @Option(
      names = "--work-mean",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Mean CPU time of a request on one core. Local replicas spend it (default: 15ms); for a"
              + " service it replaces the measurement for --rho and the prediction.")
  private @Nullable Duration workMean;

  @Option(
      names = "--work-dist",
      paramLabel = "LAW",
      description =
          "Law of that time: fixed, exponential or hyperexponential. Default: exponential; for a"
              + " measured service, a law with the measured cs².")
  private @Nullable String workDist;

  @Option(
      names = "--work-scv",
      paramLabel = "RATIO",
      defaultValue = "4",
      description =
          "Squared coefficient of variation of hyperexponential work (default: ${DEFAULT-VALUE}).")
  private double workScv;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of schedules and orders. Default: random, and printed.")
  private @Nullable Long seed;

  @Mixin private LawOptions law = new LawOptions();

  private Duration usualDuration = DURATION_DEFAULT;

  /// Sets how long a load lasts if the user does not say it.
  void usualDuration(Duration time) {
    usualDuration = time;
  }

  @Override
  public Duration duration() {
    Duration given = duration;
    return given == null ? usualDuration : given;
  }

  /// The share of the replicas' capacity that arrives.
  double rho() {
    return rho == null ? RHO_DEFAULT : rho;
  }

  /// Notes problems where a trace sets the arrivals.
  ///
  /// @param hasPeak whether its largest rate is given
  void checkTraced(boolean hasPeak, Problems problems) {
    problems.check(isDurationUsable(), "--duration", Progress.plain(duration()), "2s to 30m");
    problems.check(rho == null || !hasPeak, "--rho", String.valueOf(rho), "not beside --peak");
    problems.check(rho() > 0 && rho() < 1, "--rho", rho(), "> 0 and < 1");
  }

  long seed() {
    if (seed == null) {
      seed = new SplittableRandom().nextLong(SEED_MAX);
    }
    return seed;
  }

  /// Whether the user gave the cost of a request.
  boolean isWorkGiven() {
    return workMean != null;
  }

  @Override
  public Optional<String> workDist() {
    return Optional.ofNullable(workDist);
  }

  @Override
  public double workScv() {
    return workScv;
  }

  @Override
  public boolean needsCapacity() {
    return law.takesRate() && !law.hasRate();
  }

  /// The cost of a request; absent, with the reason in `problems`, if the options are wrong.
  Optional<LocalWork> work(Problems problems) {
    double millis = workMean == null ? LocalWork.DEMO.meanMillis() : workMean.toNanos() / 1e6;
    return OptionParsing.of(
        problems, () -> new LocalWork(millis, workDist().orElse(WORK_DIST_DEFAULT), workScv));
  }

  boolean isDurationUsable() {
    return duration().compareTo(DURATION_MIN) >= 0 && duration().compareTo(DURATION_MAX) <= 0;
  }

  /// Notes problems of the length of a run and of its rate.
  void check(Problems problems) {
    problems.check(isDurationUsable(), "--duration", Progress.plain(duration()), "2s to 30m");
    if (!needsCapacity()) {
      problems.check(
          rho == null, "--rho", String.valueOf(rho), "not where the rate of arrivals is given");
    } else if (rho != null) {
      problems.check(rho > 0 && rho < 1, "--rho", rho, "> 0 and < 1");
    }
  }

  @Override
  public Optional<GapLaw> law(double capacityPerSecond, Problems problems) {
    if (!needsCapacity()) {
      return law.takesRate()
          ? OptionParsing.of(problems, law::ratePerSecond)
              .flatMap(rate -> law.lawAtRate(rate, problems))
          : law.law(problems);
    }
    if (Double.isNaN(capacityPerSecond)) {
      problems.add(
          "--lambda: none (expected: arrivals per second; or --rho, for a service with a CPU limit or"
              + " --replica-cores and sampled containers, or beside --work-mean)");
      return Optional.empty();
    }
    // Four digits: the measurement is no more exact.
    double rounded =
        new BigDecimal(rho() * capacityPerSecond).round(new MathContext(4)).doubleValue();
    return OptionParsing.of(problems, () -> Checks.positive(rounded, "--rho"))
        .flatMap(rate -> law.lawAtRate(rate, problems));
  }
}
