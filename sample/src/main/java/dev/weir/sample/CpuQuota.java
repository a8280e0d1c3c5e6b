package dev.weir.sample;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Limits the CPU time of this process's requests to what a container with the quota would get.
///
/// Work is done in slices, first come, first served, so that requests share the quota evenly, as on
/// one slower processor.
final class CpuQuota {
  /*
   * A bucket of CPU time fills at the rate of the quota and holds one period's worth. Unused time
   * beyond that is lost, so there are no bursts of catching up. A slice is measured only after it
   * ran; if it overdraws the bucket, the next slice waits until that is paid back. Filling evenly
   * rather than once a period compensates for threads that the kernel wakes late. A thread also
   * pays for its CPU between slices, which is Tomcat's part in the request. One slice runs at a
   * time if one thread can use up the quota; near and above a whole CPU the hand-over would cost
   * too much, so one more may run.
   */
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long WAKE_NANOS = 1_000_000;
  private static final double HAND_OVER_SHARE = 0.2;

  private final double cpus;
  private final double bucketNanos;
  private final int runningMax;
  private final ThreadLocal<long[]> paidNanos =
      ThreadLocal.withInitial(() -> new long[] {ThreadCpu.nanos()});
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Condition> turns = new ArrayDeque<>();
  private double leftNanos;
  private long filledNanos = System.nanoTime();
  private int running;

  /// @param cpus the quota, such as 0.4; infinite for none
  CpuQuota(double cpus) {
    this.cpus = cpus;
    this.bucketNanos = cpus * PERIOD_NANOS;
    this.runningMax = (int) Math.ceil(cpus + HAND_OVER_SHARE);
    this.leftNanos = bucketNanos;
  }

  /// Waits until the current thread may run a slice; [#exit] must follow.
  void enter() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (Double.isInfinite(cpus)) {
      return;
    }
    long used = unpaidNanos();
    lock.lockInterruptibly();
    try {
      leftNanos -= used;
      Condition turn = lock.newCondition();
      turns.add(turn);
      try {
        awaitTurn(turn);
        running++;
      } finally {
        turns.remove(turn);
        wakeNext();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends the slice and pays for it.
  void exit() {
    if (Double.isInfinite(cpus)) {
      return;
    }
    long used = unpaidNanos();
    lock.lock();
    try {
      leftNanos -= used;
      running--;
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(Condition turn) throws InterruptedException {
    while (true) {
      fill();
      boolean first = turn.equals(turns.peek()) && running < runningMax;
      if (first && leftNanos > 0) {
        return;
      }
      if (first) {
        double wanted = Math.min(WAKE_NANOS, bucketNanos) - leftNanos;
        long _ = turn.awaitNanos((long) (wanted / cpus) + 1);
      } else {
        turn.await();
      }
    }
  }

  private void wakeNext() {
    Condition next = turns.peek();
    if (next != null) {
      next.signal();
    }
  }

  private void fill() {
    long now = System.nanoTime();
    leftNanos = Math.min(bucketNanos, leftNanos + (now - filledNanos) * cpus);
    filledNanos = now;
  }

  private long unpaidNanos() {
    long[] paid = paidNanos.get();
    long now = ThreadCpu.nanos();
    long used = now - paid[0];
    paid[0] = now;
    return used;
  }
}
