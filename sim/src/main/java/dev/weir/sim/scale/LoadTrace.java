package dev.weir.sim.scale;

import dev.weir.base.Checks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/// A rate of arrivals that changes in the course of time.
public final class LoadTrace {
  private final String name;
  private final double[] perSecond;
  private final double[] recorded;

  private LoadTrace(String name, double[] perSecond, double[] recorded) {
    this.name = name;
    this.perSecond = perSecond;
    this.recorded = recorded;
  }

  /// Poisson arrivals at a rate for each second.
  static LoadTrace ofRates(String name, double[] perSecond) {
    return new LoadTrace(name, perSecond, new double[0]);
  }

  /// Arrivals as they were recorded.
  ///
  /// @param arrivals the instants in seconds, ascending: at least one
  /// @throws IllegalArgumentException if they last for less than a minute or more than a week
  public static LoadTrace recorded(String name, double[] arrivals) {
    double last = arrivals[arrivals.length - 1];
    Checks.check(last >= 60 && last <= 604_800, "--trace", last + " s", "60 s to a week");
    double[] counts = new double[(int) last + 1];
    for (double at : arrivals) {
      counts[(int) at]++;
    }
    return new LoadTrace(name, smoothed(counts), arrivals.clone());
  }

  private static double[] smoothed(double[] counts) {
    double[] rates = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      int from = Math.max(0, i - 5);
      int to = Math.min(counts.length, i + 5);
      rates[i] = Arrays.stream(counts, from, to).sum() / (to - from);
    }
    return rates;
  }

  /// What it is called.
  public String name() {
    return name;
  }

  /// How long it lasts.
  public int seconds() {
    return perSecond.length;
  }

  /// The rate at an instant; that of the last second afterwards.
  public double perSecond(double atSeconds) {
    return perSecond[Math.clamp((long) atSeconds, 0, perSecond.length - 1)];
  }

  /// The same course of rates within another time, as Poisson arrivals: the rates stay, and their
  /// changes come sooner or later.
  ///
  /// @param seconds how long it lasts then, >= 1
  public LoadTrace within(int seconds) {
    double factor = (double) perSecond.length / Checks.atLeast(1, seconds, "seconds");
    double[] rates = new double[seconds];
    for (int i = 0; i < seconds; i++) {
      rates[i] = mean(i * factor, (i + 1) * factor);
    }
    return ofRates(name, rates);
  }

  /// The mean rate from one instant to a later one.
  private double mean(double fromSeconds, double toSeconds) {
    double sum = 0;
    for (double at = fromSeconds; at < toSeconds; at = Math.floor(at) + 1) {
      sum += perSecond(at) * (Math.min(toSeconds, Math.floor(at) + 1) - at);
    }
    return sum / (toSeconds - fromSeconds);
  }

  /// The instants of all arrivals in seconds, ascending.
  public double[] arrivalSeconds(RandomGenerator random) {
    Arrivals arrivals = arrivals(random);
    return DoubleStream.generate(arrivals::nextSeconds).takeWhile(Double::isFinite).toArray();
  }

  /// The largest rate over any stretch of so many seconds.
  public double peakPerSecond(int seconds) {
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < perSecond.length; i++) {
      sum += perSecond[i] - (i >= seconds ? perSecond[i - seconds] : 0);
      largest = Math.max(largest, sum);
    }
    return largest / Math.min(seconds, perSecond.length);
  }

  /// The largest rate from one instant to another.
  double largestPerSecond(double fromSeconds, double toSeconds) {
    double largest = perSecond(toSeconds);
    for (double at = fromSeconds; at < toSeconds; at++) {
      largest = Math.max(largest, perSecond(at));
    }
    return largest;
  }

  /// Instants of arrivals, one after the other.
  Arrivals arrivals(RandomGenerator random) {
    return recorded.length > 0 ? new Recorded(recorded) : new Drawn(perSecond, random);
  }

  /// Instants of arrivals, one after the other.
  interface Arrivals {
    /// The next one in seconds; infinite after the last.
    double nextSeconds();
  }

  /// Plays the instants of a recording.
  private static final class Recorded implements Arrivals {
    private final double[] instants;
    private int next;

    Recorded(double[] instants) {
      this.instants = instants;
    }

    @Override
    public double nextSeconds() {
      return next < instants.length ? instants[next++] : Double.POSITIVE_INFINITY;
    }
  }

  /// A Poisson process has no memory, so that each second can begin anew.
  private static final class Drawn implements Arrivals {
    private final double[] perSecond;
    private final RandomGenerator random;
    private double atSeconds;

    Drawn(double[] perSecond, RandomGenerator random) {
      this.perSecond = perSecond;
      this.random = random;
    }

    @Override
    public double nextSeconds() {
      while (atSeconds < perSecond.length) {
        int second = (int) atSeconds;
        double rate = perSecond[second];
        double gap = rate > 0 ? random.nextExponential() / rate : Double.POSITIVE_INFINITY;
        if (atSeconds + gap < second + 1) {
          atSeconds += gap;
          return atSeconds;
        }
        atSeconds = second + 1;
      }
      return Double.POSITIVE_INFINITY;
    }
  }
}
