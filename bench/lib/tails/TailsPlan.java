import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Prints the runs of bench/tails, one a line: case, round, the round's seed, balancer.
///
/// All balancers of a round get the same arrivals and the same work. Their order is drawn, not
/// rotated: a machine that slows down in the course of a round then hits none more than others.
final class TailsPlan {
  private static final int SEED_MAX = 1_000_000_000;

  private TailsPlan() {}

  /// @param args seed, rounds, cases and balancers, the last two with commas
  public static void main(String[] args) {
    long seed = Long.parseLong(args[0]);
    int rounds = Integer.parseInt(args[1]);
    for (String each : args[2].split(",")) {
      // A case draws the same whichever others are run.
      var random = new Random(31 * seed + each.hashCode());
      for (int round = 1; round <= rounds; round++) {
        List<String> order = new ArrayList<>(List.of(args[3].split(",")));
        int draw = random.nextInt(SEED_MAX);
        Collections.shuffle(order, new Random(random.nextLong()));
        for (String balancer : order) {
          System.out.printf("%s\t%d\t%d\t%s%n", each, round, draw, balancer);
        }
      }
    }
  }
}
