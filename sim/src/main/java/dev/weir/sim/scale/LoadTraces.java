package dev.weir.sim.scale;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Six traces of one hour, by name. Each has a nominal peak; what is random in one is drawn from
/// the seed.
public enum LoadTraces {
  /// The peak all the time.
  FLAT("flat"),
  /// A day in an hour: from a tenth of the peak to the peak and back.
  DIURNAL("diurnal"),
  /// A quarter of the peak, the peak for twenty minutes, a quarter again.
  STEP("step"),
  /// A quarter of the peak for two minutes on average, the peak for one, and so on.
  MMPP("mmpp"),
  /// An eighth of the peak, the peak within ten seconds, and from three minutes later a fall by
  /// half every two minutes.
  FLASH("flash"),
  /// The day, times noise that a minute changes by some 20 %.
  NOISY("noisy");

  private static final int SECONDS = 3600;
  private static final double NOISE = 0.2;
  private static final double NOISE_SECONDS = 60;
  private static final double LOW_SECONDS = 120;
  private static final double HIGH_SECONDS = 60;

  private final String label;

  LoadTraces(String label) {
    this.label = label;
  }

  /// The name users type.
  public String label() {
    return label;
  }

  /// All names.
  public static List<String> labels() {
    return List.of(values()).stream().map(LoadTraces::label).toList();
  }

  /// The trace of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static LoadTraces named(String label) {
    return List.of(values()).stream()
        .filter(trace -> trace.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("trace: " + label));
  }

  /// The trace with that peak.
  public LoadTrace trace(double peakPerSecond, long seed) {
    var random = new SplittableRandom(seed);
    return switch (this) {
      case FLAT -> of(peakPerSecond, _ -> 1);
      case DIURNAL -> of(peakPerSecond, LoadTraces::day);
      case STEP -> of(peakPerSecond, second -> second >= 1200 && second < 2400 ? 1 : 0.25);
      case MMPP -> of(peakPerSecond, switching(random));
      case FLASH -> of(peakPerSecond, LoadTraces::flash);
      case NOISY -> of(peakPerSecond, noise(random));
    };
  }

  private LoadTrace of(double peakPerSecond, IntToDoubleFunction share) {
    return LoadTrace.ofRates(
        label,
        IntStream.range(0, SECONDS).mapToDouble(share).map(s -> s * peakPerSecond).toArray());
  }

  private static double day(int second) {
    return 0.55 - 0.45 * Math.cos(2 * Math.PI * second / SECONDS);
  }

  private static double flash(int second) {
    int since = second - 1200;
    if (since < 0) {
      return 0.125;
    }
    if (since < 10) {
      return 0.125 + 0.875 * since / 10;
    }
    return since < 190 ? 1 : Math.max(0.125, Math.pow(0.5, (since - 190) / 120.0));
  }

  private static IntToDoubleFunction switching(RandomGenerator random) {
    double[] shares = new double[SECONDS];
    boolean isHigh = false;
    double until = LOW_SECONDS * random.nextExponential();
    for (int second = 0; second < SECONDS; second++) {
      while (second >= until) {
        isHigh = !isHigh;
        until += (isHigh ? HIGH_SECONDS : LOW_SECONDS) * random.nextExponential();
      }
      shares[second] = isHigh ? 1 : 0.25;
    }
    return second -> shares[second];
  }

  private static IntToDoubleFunction noise(RandomGenerator random) {
    double[] shares = new double[SECONDS];
    double keep = Math.exp(-1 / NOISE_SECONDS);
    double noise = NOISE * random.nextGaussian();
    for (int second = 0; second < SECONDS; second++) {
      shares[second] = day(second) * Math.exp(noise);
      noise = keep * noise + Math.sqrt(1 - keep * keep) * NOISE * random.nextGaussian();
    }
    return second -> shares[second];
  }
}
