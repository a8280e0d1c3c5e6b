package dev.weir.micro;

import dev.weir.balance.Balancer;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Lease;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.Outcome;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.Refusal;
import dev.weir.balance.ReplicaSpec;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One request that finds a free slot: its arrival, its lease and its end, while half of the replicas
/// are busy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PickBench implements Dispatch<Object> {
  private static final long STEP_NANOS = 10_000;

  @Param({"4", "16", "100", "1000"})
  public int replicas;

  @Param({"WEIR", "ROUND_ROBIN", "RANDOM", "LEAST_REQUESTS", "POWER_OF_TWO", "PEAK_EWMA"})
  public PolicySpec policy;

  private Balancer<Object> balancer;
  private Lease last;
  private long nowNanos;

  /// Begins with a new balancer, so that no iteration goes on with what another one learned.
  @Setup(Level.Iteration)
  public void fill() {
    var settings = BalancerSettings.of(policy).with(new LimitSpec.Fixed(8));
    balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(
        IntStream.range(0, replicas).mapToObj(i -> new ReplicaSpec("r" + i, 1)).toList(), nowNanos);
    IntStream.range(0, replicas / 2).forEach(_ -> balancer.arrive(this, nowNanos));
  }

  @Benchmark
  public Lease pick() {
    nowNanos += STEP_NANOS;
    balancer.arrive(this, nowNanos);
    balancer.end(last, Outcome.SUCCEEDED, nowNanos + STEP_NANOS);
    return last;
  }

  @Override
  public void assigned(Object request, Lease lease) {
    last = lease;
  }

  @Override
  public void refused(Object request, Refusal reason) {
    throw new IllegalStateException("refused: " + reason);
  }
}
