package dev.weir.scale;

import dev.weir.base.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The response times that a number of replicas is predicted to give. Immutable.
public final class Prediction {
  /*
   * T = W + S, where W is 0, or else falls as one or two exponentials (WaitShape, WaitPart):
   *   P(T > t) = P(S > t) + the sum of weight E[exp(-rate (t - S)); S <= t] over the exponentials.
   */
  private static final int HALVINGS = 60;

  private final double utilisation;
  private final double waitProbability;
  private final WorkQuantiles work;
  private final List<WaitPart> waits;

  private Prediction(
      double utilisation, double waitProbability, WorkQuantiles work, List<WaitPart> waits) {
    this.utilisation = utilisation;
    this.waitProbability = waitProbability;
    this.work = work;
    this.waits = waits;
  }

  /// If the load is not below the capacity.
  static Prediction overloaded(double utilisation, WorkQuantiles work) {
    return new Prediction(utilisation, 1, work, List.of());
  }

  /// If nothing waits.
  static Prediction unqueued(double utilisation, WorkQuantiles work) {
    return new Prediction(utilisation, 0, work, List.of());
  }

  /// @param waitProbability in `[0, 1]`
  /// @param shape of the waits, with a finite decay
  static Prediction of(
      double utilisation, double waitProbability, WaitShape shape, WorkQuantiles work) {
    var waits = new ArrayList<WaitPart>();
    waits.add(new WaitPart(waitProbability * shape.weight(), shape.slowPerSecond(), work));
    if (Double.isFinite(shape.fastPerSecond())) {
      waits.add(new WaitPart(waitProbability * (1 - shape.weight()), shape.fastPerSecond(), work));
    }
    return new Prediction(utilisation, waitProbability, work, waits);
  }

  /// The part of the slots that is busy on average; 1 or more if the load exceeds the capacity.
  public double utilisation() {
    return utilisation;
  }

  /// Whether the load is below the capacity. If not, response times grow without end.
  public boolean isStable() {
    return utilisation < 1;
  }

  /// Probability that a request waits for a slot, in `[0, 1]`.
  public double waitProbability() {
    return waitProbability;
  }

  /// Mean waiting time in seconds; infinite if the load exceeds the capacity.
  public double waitMeanSeconds() {
    return isStable()
        ? waits.stream().mapToDouble(WaitPart::meanSeconds).sum()
        : Double.POSITIVE_INFINITY;
  }

  /// Probability of a response time above `seconds`, in `[0, 1]`.
  public double exceeds(double seconds) {
    if (!isStable() || seconds < work.seconds(0)) {
      return 1;
    }
    int i = 1;
    while (i < work.count() && work.seconds(i) <= seconds) {
      i++;
    }
    double u = seconds - work.seconds(i - 1);
    return i < work.count() ? within(i, u) : beyond(u);
  }

  /// The response time that `percentile` percent of the requests do not exceed, in seconds;
  /// infinite if the load exceeds the capacity.
  ///
  /// @param percentile above 0 and below 100
  public double percentileSeconds(double percentile) {
    Checks.check(percentile > 0 && percentile < 100, "percentile", percentile, "> 0 and < 100");
    if (!isStable()) {
      return Double.POSITIVE_INFINITY;
    }
    double share = 1 - percentile / 100;
    for (int i = 1; i < work.count(); i++) {
      if (at(i) <= share) {
        double length = work.seconds(i) - work.seconds(i - 1);
        int number = i;
        return work.seconds(i - 1) + crossing(u -> within(number, u), share, length);
      }
    }
    double far = Math.max(work.seconds(work.count() - 1), Double.MIN_NORMAL);
    while (beyond(far) > share) {
      far *= 2;
    }
    return work.seconds(work.count() - 1) + crossing(this::beyond, share, far);
  }

  /// Whether the promise is predicted to be kept.
  public boolean keeps(Promise promise) {
    return percentileSeconds(promise.percentile()) <= promise.seconds();
  }

  /// Where a falling probability reaches `share`, at most at `to`.
  private static double crossing(DoubleUnaryOperator falling, double share, double to) {
    double low = 0;
    double high = to;
    for (int step = 0; step < HALVINGS && high > low; step++) {
      double middle = (low + high) / 2;
      if (falling.applyAsDouble(middle) > share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /// The probability of a response time above the quantile number `i` of the work.
  private double at(int i) {
    double sum = work.above(i);
    for (WaitPart wait : waits) {
      sum += wait.at(i);
    }
    return sum;
  }

  /// The same at `u` seconds past the quantile number `i - 1`, not beyond number `i`.
  private double within(int i, double u) {
    double length = work.seconds(i) - work.seconds(i - 1);
    double sum = work.above(i - 1) - (length > 0 ? work.weight(i) * u / length : 0);
    for (WaitPart wait : waits) {
      sum += wait.within(i, u);
    }
    return sum;
  }

  /// The same at `u` seconds past the last quantile.
  private double beyond(double u) {
    double sum = 0;
    for (WaitPart wait : waits) {
      sum += wait.beyond(u);
    }
    return sum;
  }
}
