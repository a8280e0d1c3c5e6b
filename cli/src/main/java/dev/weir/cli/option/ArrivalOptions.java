package dev.weir.cli.option;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Poisson;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of arrivals, shared by all commands that send or simulate requests.
@HelpSection("Schedule")
public final class ArrivalOptions {
  private static final int ITER_DEFAULT = 30;
  private static final long SEED_MAX = 1_000_000_000;

  @Mixin private LawOptions law = new LawOptions();

  @Option(
      names = "--conditioned",
      description =
          "Poisson given that exactly --iter arrivals fall into --iter / --lambda seconds (or"
              + " --duration * --lambda arrivals): count and rate are both exact.")
  private boolean conditioned;

  @Option(
      names = "--iter",
      paramLabel = "N",
      description =
          "Number of requests. Default: " + ITER_DEFAULT + ", unless --duration is given.")
  private @Nullable Integer iter;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Send for this time instead, such as 30s or 2m.")
  private @Nullable Duration duration;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed that draws the same schedule again. Default: random, and printed.")
  private @Nullable Long seed;

  /// Draws the schedule asked for.
  ///
  /// @throws IllegalArgumentException with all problems of the options
  public Schedule schedule() {
    var problems = new Problems();
    Optional<GapLaw> gaps = law(problems);
    problems.throwIfAny("arrivals");
    return draw(gaps.orElseThrow());
  }

  /// The law of the options; empty, with the reasons in `problems`, if they are wrong.
  public Optional<GapLaw> law(Problems problems) {
    if (iter != null && duration != null) {
      problems.add("--iter: %d (expected: not beside --duration)".formatted(iter));
    }
    if (iter != null) {
      problems.check(
          iter >= 1 && iter <= Schedule.COUNT_MAX, "--iter", iter, "1 to " + Schedule.COUNT_MAX);
    }
    if (duration != null) {
      problems.check(duration.isPositive(), "--duration", duration, "> 0");
    }
    problems.check(
        !conditioned || law.typed().equals("poisson"),
        "--conditioned",
        law.typed(),
        "--time-dist poisson");
    return law.law(problems);
  }

  /// How long to send, if given.
  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  /// One line for the user: what was drawn, how to draw it again, and what the law achieves.
  public static String describe(Schedule schedule) {
    GapLaw law = schedule.law();
    return String.format(
        Locale.ROOT,
        "%s; mean gap %.6g s (%.6g/s), cov %.4g",
        schedule.describe(),
        law.meanSeconds(),
        law.ratePerSecond(),
        Math.sqrt(law.scv()));
  }

  /// Draws the schedule of a law that [#law] found.
  public Schedule draw(GapLaw gaps) {
    long drawn = seed();
    if (conditioned && gaps instanceof Poisson poisson) {
      return Schedule.conditioned(poisson, conditionedCount(poisson), drawn);
    }
    if (duration == null) {
      return Schedule.ofCount(gaps, iter == null ? ITER_DEFAULT : iter, drawn);
    }
    Schedule schedule = Schedule.ofDuration(gaps, duration, drawn);
    if (schedule.size() == 0) {
      throw new UserError(
          "--duration: %s (expected: long enough for an arrival of %s, seed %d)"
              .formatted(duration, gaps.describe(), drawn));
    }
    return schedule;
  }

  private int conditionedCount(Poisson poisson) {
    if (duration == null) {
      return iter == null ? ITER_DEFAULT : iter;
    }
    double count = duration.toNanos() / 1e9 * poisson.lambdaPerSecond();
    if (Math.round(count) < 1 || count > Schedule.COUNT_MAX) {
      throw new UserError(
          "--duration: %s (expected: 1 to %d arrivals of %s)"
              .formatted(duration, Schedule.COUNT_MAX, poisson.describe()));
    }
    return (int) Math.round(count);
  }

  private long seed() {
    if (seed == null) {
      seed = new SplittableRandom().nextLong(SEED_MAX);
    }
    return seed;
  }
}
