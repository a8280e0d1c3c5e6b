import dev.weir.arrivals.ArrivalFigures;
import dev.weir.arrivals.GapSampler;
import dev.weir.scale.Demand;
import dev.weir.scale.Predictor;
import dev.weir.scale.WorkHistogram;
import dev.weir.sim.FirstComeQueue;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How far a prediction is off by chance alone: a p99 rests on one request in a hundred, and requests
/// that wait behind one another are not independent.
final class LiveChance {
  private static final int RUNS = 60;
  private static final double SHARE = .95;

  private LiveChance() {}

  /// The distance from 1 within which 95 % of the ratios stay if the cell's queue is simulated many
  /// times for as long, and each p99 is compared with the prediction from that run's own figures.
  static double of(LiveCell cell, int seconds, long seed) {
    double[] distances =
        IntStream.range(0, RUNS)
            .parallel()
            .mapToDouble(run -> Math.abs(ratio(cell, seconds, seed * RUNS + run) - 1))
            .sorted()
            .toArray();
    return distances[(int) Math.ceil(SHARE * RUNS) - 1];
  }

  private static double ratio(LiveCell cell, int seconds, long seed) {
    var random = new SplittableRandom(seed);
    GapSampler gaps = cell.gaps().sampler(random.split());
    GapSampler works = cell.work().sampler(random.split());
    var queue = new FirstComeQueue(cell.replicas() * cell.slots());
    var histogram = WorkHistogram.ofAll();
    int count = (int) (cell.perSecond() * seconds);
    double[] at = new double[count];
    double[] times = new double[count];
    double sum = 0;
    double now = 0;
    for (int i = 0; i < count; i++) {
      double gap = gaps.nextSeconds();
      double work = works.nextSeconds();
      now += gap;
      at[i] = now;
      times[i] = queue.respond(gap, work);
      histogram.note(work);
      sum += work;
    }
    double mean = sum / count;
    ArrivalFigures arrivals = ArrivalFigures.of(at, ArrivalFigures.BIN_WORKS * mean);
    var demand =
        new Demand(arrivals.ratePerSecond(), arrivals.burstiness(), histogram.law(mean));
    double predicted =
        new Predictor().predict(demand, cell.replicas(), cell.slots()).percentileSeconds(99);
    Arrays.sort(times);
    return predicted / times[(int) Math.ceil(.99 * count) - 1];
  }
}
