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

/// One request that waits: it joins the queue, and a lease ends and takes the head of the queue.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueueBench implements Dispatch<Object> {
  private static final long STEP_NANOS = 10_000;

  @Param({"4", "100", "1000"})
  public int replicas;

  @Param({"1", "1000"})
  public int queued;

  private Balancer<Object> balancer;
  private Lease last;
  private long nowNanos;

  /// Takes all slots and fills the queue.
  @Setup(Level.Iteration)
  public void fill() {
    var settings = BalancerSettings.of(PolicySpec.WEIR).with(new LimitSpec.Fixed(1));
    balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(
        IntStream.range(0, replicas).mapToObj(i -> new ReplicaSpec("r" + i, 1)).toList(), nowNanos);
    IntStream.range(0, replicas + queued).forEach(_ -> balancer.arrive(this, nowNanos));
  }

  @Benchmark
  public Lease queue() {
    nowNanos += STEP_NANOS;
    Lease ending = last;
    balancer.arrive(this, nowNanos);
    balancer.end(ending, Outcome.SUCCEEDED, nowNanos);
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
