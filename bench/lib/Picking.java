import dev.weir.balance.Balancer;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Outcome;
import dev.weir.balance.Lease;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.Refusal;
import dev.weir.balance.ReplicaSpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Times arrivals and ends at a balancer that holds one lease for every two replicas.
final class Picking implements Dispatch<Object> {
  private static final int STEPS = 200_000;
  private static final int[] COUNTS = {4, 16, 100, 1_000};

  private final SplittableRandom random = new SplittableRandom(1);
  private final Lease[] leases;
  private final Balancer<Object> balancer;
  private int held;
  private long nowNanos;

  private Picking(PolicySpec policy, int replicas) {
    balancer = new Balancer<>(BalancerSettings.of(policy), this, new SplittableRandom(1));
    balancer.replicas(
        IntStream.range(0, replicas).mapToObj(i -> new ReplicaSpec("r" + i, 1)).toList(), 0);
    leases = new Lease[replicas / 2];
    for (int i = 0; i < leases.length; i++) {
      arrive();
    }
  }

  @Override
  public void assigned(Object request, Lease lease) {
    hold(lease);
  }

  @Override
  public void refused(Object request, Refusal reason) {
    throw new IllegalStateException("refused: " + reason);
  }

  private void arrive() {
    if (balancer.arrive(this, nowNanos) instanceof Lease lease) {
      hold(lease);
    } // else it is queued, and assigned when another one ends
  }

  private void hold(Lease lease) {
    leases[held++] = lease;
  }

  /// Takes any lease out of those held.
  private Lease any() {
    int index = random.nextInt(held);
    Lease lease = leases[index];
    leases[index] = leases[--held];
    return lease;
  }

  /// Returns nanoseconds for each arrival and for each end, in batches too short to change the load.
  private double[] round() {
    long arrivalNanos = 0;
    long endNanos = 0;
    int batch = Math.max(1, leases.length / 4);
    for (int done = 0; done < STEPS; done += batch) {
      nowNanos += 50_000_000L * batch / leases.length;
      long began = System.nanoTime();
      for (int i = 0; i < batch; i++) {
        balancer.end(any(), Outcome.SUCCEEDED, nowNanos);
      }
      long ended = System.nanoTime();
      for (int i = 0; i < batch; i++) {
        arrive();
      }
      arrivalNanos += System.nanoTime() - ended;
      endNanos += ended - began;
      if (done / batch % 8 == 0) {
        balancer.tick(nowNanos);
      }
    }
    return new double[] {(double) arrivalNanos / STEPS, (double) endNanos / STEPS};
  }

  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[0]);
    System.out.printf("%-16s %9s %12s %12s%n", "policy", "replicas", "arrival ns", "end ns");
    for (PolicySpec policy : PolicySpec.values()) {
      for (int replicas : COUNTS) {
        var picking = new Picking(policy, replicas);
        double[] arrivals = new double[rounds];
        double[] ends = new double[rounds];
        for (int i = -2; i < rounds; i++) {
          double[] nanos = picking.round();
          if (i >= 0) {
            arrivals[i] = nanos[0];
            ends[i] = nanos[1];
          }
        }
        System.out.printf(
            "%-16s %9d %12.0f %12.0f%n", policy.label(), replicas, median(arrivals), median(ends));
      }
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
