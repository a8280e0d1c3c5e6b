import dev.weir.arrivals.GapSampler;
import dev.weir.arrivals.Laws;
import dev.weir.scale.Demand;
import dev.weir.scale.Predictor;
import dev.weir.scale.Promise;
import dev.weir.scale.ReplicaNeed;
import dev.weir.scale.TwoMomentWork;
import dev.weir.sim.FirstComeQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Holds predicted percentiles and numbers of replicas against simulated queues.
final class Sizing {
  private static final double[] SCVS = {.1, 1, 4};
  private static final int[] SLOTS = {1, 2, 4, 16};
  private static final double[] LOADS = {.5, .7, .85, .95};
  private static final double[] ERLANGS = {.4, 1.5, 4, 9, 20};

  /// Promises, as multiples of the p99 of the work alone.
  private static final double[] PROMISES = {1.1, 1.5, 2.5};

  private static final Predictor PREDICTOR = new Predictor();

  private Sizing() {}

  public static void main(String[] arguments) {
    int requests = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    percentiles(requests, seed);
    needs(requests, seed);
  }

  private static void percentiles(int requests, long seed) {
    List<Case> cases =
        each(SCVS).flatMap(ca2 ->
                each(SCVS).flatMap(cs2 ->
                    Arrays.stream(SLOTS).boxed().flatMap(m ->
                        each(LOADS).map(rho -> new Case(demand(rho * m, ca2, cs2), m)))))
            .toList();
    List<Error> errors = cases.parallelStream().map(one -> error(one, requests, seed)).toList();
    double[] sorted = errors.stream().mapToDouble(Error::relative).map(Math::abs).sorted().toArray();
    System.out.printf("p99, predicted/simulated, %,d cases:%n", errors.size());
    System.out.printf(
        "  error: median %.1f %%, p90 %.1f %%; range %.2f to %.2f%n",
        100 * at(sorted, .5), 100 * at(sorted, .9),
        1 + errors.stream().mapToDouble(Error::relative).min().orElseThrow(),
        1 + errors.stream().mapToDouble(Error::relative).max().orElseThrow());
    System.out.println("  farthest off:");
    errors.stream()
        .sorted(Comparator.comparingDouble(error -> -Math.abs(error.relative())))
        .limit(5)
        .forEach(error -> System.out.println("    " + error));
  }

  private static Error error(Case one, int requests, long seed) {
    double predicted = PREDICTOR.predict(one.demand, one.slots, 1).percentileSeconds(99);
    return new Error(one, predicted, simulated(one.demand, one.slots, requests, seed));
  }

  private static void needs(int requests, long seed) {
    List<Demand> demands =
        each(SCVS).flatMap(ca2 ->
                each(SCVS).flatMap(cs2 -> each(ERLANGS).map(load -> demand(load, ca2, cs2))))
            .toList();
    List<Need> needs =
        demands.parallelStream().flatMap(demand -> needs(demand, requests, seed)).toList();
    long equal = needs.stream().filter(need -> need.predicted == need.simulated).count();
    long above = needs.stream().filter(need -> need.predicted > need.simulated).count();
    System.out.printf("least number of replicas, %,d cases:%n", needs.size());
    System.out.printf(
        "  equal %.1f %%, more %.1f %%, fewer %.1f %%; from %+d to %+d%n",
        100.0 * equal / needs.size(), 100.0 * above / needs.size(),
        100.0 * (needs.size() - equal - above) / needs.size(),
        needs.stream().mapToInt(Need::excess).min().orElseThrow(),
        needs.stream().mapToInt(Need::excess).max().orElseThrow());
    needs.stream()
        .filter(need -> need.excess() != 0)
        .forEach(need -> System.out.println("    " + need));
  }

  /// Tries numbers from below the load upwards, by simulation, until all promises are kept.
  private static Stream<Need> needs(Demand demand, int requests, long seed) {
    double alone = demand.work().quantile(.99);
    var found = new ArrayList<Need>();
    int kept = PROMISES.length; // promises are kept from the loosest on
    for (int k = (int) demand.erlangs() + 1; kept > 0; k++) {
      double p99 = simulated(demand, k, requests, seed);
      while (kept > 0 && p99 <= PROMISES[kept - 1] * alone) {
        var promise = new Promise(99, PROMISES[--kept] * alone);
        int predicted = ReplicaNeed.need(demand, promise, 1, 1000);
        double p99AtPredicted =
            predicted == k ? p99 : simulated(demand, predicted, requests, seed);
        found.add(
            new Need(demand, promise, predicted, k, p99AtPredicted / promise.seconds()));
      }
    }
    return found.stream();
  }

  /// The p99 of a long run that starts empty, without its first tenth.
  private static double simulated(Demand demand, int slots, int requests, long seed) {
    var random = new SplittableRandom(seed);
    GapSampler gaps = sampler(1 / demand.ratePerSecond(), demand.gapScv(), random.split());
    GapSampler work = sampler(1, demand.work().scv(), random.split());
    var queue = new FirstComeQueue(slots);
    double busy = demand.erlangs() / slots;
    int counted = busy > .9 ? 3 * requests : requests; // what is nearly full remembers for longer
    for (int i = 0; i < counted / 10; i++) {
      queue.respond(gaps.nextSeconds(), work.nextSeconds());
    }
    var times = new float[counted];
    for (int i = 0; i < counted; i++) {
      times[i] = (float) queue.respond(gaps.nextSeconds(), work.nextSeconds());
    }
    return percentile(times, .99);
  }

  /// The value at a rank, by quickselect.
  private static double percentile(float[] values, double share) {
    int rank = (int) Math.ceil(share * values.length) - 1;
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[rank];
  }

  private static GapSampler sampler(double mean, double scv, SplittableRandom random) {
    return Laws.withScv(mean, scv).sampler(random);
  }

  private static Demand demand(double erlangs, double ca2, double cs2) {
    return new Demand(erlangs, ca2, new TwoMomentWork(1, cs2));
  }

  private static Stream<Double> each(double[] values) {
    return Arrays.stream(values).boxed();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /// One queue of the grid.
  private record Case(Demand demand, int slots) {
    @Override
    public String toString() {
      return "ca² %s, cs² %s, m %d, rho %.2f"
          .formatted(
              demand.gapScv(), demand.work().scv(), slots, demand.erlangs() / slots);
    }
  }

  /// A prediction beside the truth.
  private record Error(Case one, double predicted, double simulated) {
    double relative() {
      return predicted / simulated - 1;
    }

    @Override
    public String toString() {
      return "%s: %.3f S predicted, %.3f S simulated (%+.1f %%)"
          .formatted(one, predicted, simulated, 100 * relative());
    }
  }

  /// A number of replicas beside the truth.
  ///
  /// @param miss simulated p99 of the predicted number, as a part of the promise
  private record Need(Demand demand, Promise promise, int predicted, int simulated, double miss) {
    int excess() {
      return predicted - simulated;
    }

    @Override
    public String toString() {
      return "ca² %s, cs² %s, %.1f Erlang, p99 < %.2f S: %d predicted, %d simulated; p99 is %.2f of it"
          .formatted(
              demand.gapScv(),
              demand.work().scv(),
              demand.erlangs(),
              promise.seconds(),
              predicted,
              simulated,
              miss);
    }
  }
}
