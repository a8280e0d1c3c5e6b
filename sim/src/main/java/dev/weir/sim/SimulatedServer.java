package dev.weir.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A server that works on jobs in virtual time.
final class SimulatedServer {
  /*
   * All running jobs progress alike, so one clock that counts the work done for each of them is
   * enough. A job is done when that clock has advanced by its work. A change of speed or number
   * changes the clock's rate, but no job. Under FCFS the clock runs at full speed and at most
   * `cores` jobs run.
   */
  private final double cores;
  private final int runningMax;
  private final ArrayDeque<Job> waiting = new ArrayDeque<>();
  private double speed;
  private double factor = 1;
  private @Nullable Job[] heap = new @Nullable Job[16];
  private int running;
  private double clock;
  private long sinceNanos;
  private double coreNanos;

  SimulatedServer(ServerSpec spec, Discipline discipline) {
    this.speed = spec.speed();
    this.cores = spec.cores();
    this.runningMax =
        switch (discipline) {
          case PS -> Integer.MAX_VALUE;
          case FCFS -> Math.clamp(Math.round(cores), 1, Integer.MAX_VALUE);
        };
  }

  boolean isDown() {
    return speed == 0;
  }

  /// Core-nanoseconds spent working so far.
  double coreNanos() {
    return coreNanos;
  }

  double cores() {
    return cores;
  }

  void add(Job job, long nowNanos) {
    advance(nowNanos);
    if (running < runningMax) {
      start(job);
    } else {
      waiting.add(job);
    }
  }

  /// When the next job is done if nothing changes.
  long nextNanos() {
    Job next = heap[0];
    if (running == 0 || next == null) {
      return Long.MAX_VALUE;
    }
    return sinceNanos + (long) Math.ceil(Math.max(0, next.finish - clock) / rate());
  }

  /// The job that is done now.
  Job finish(long nowNanos) {
    advance(nowNanos);
    Job done = pop();
    clock = Math.max(clock, done.finish);
    if (!waiting.isEmpty()) {
      start(waiting.remove());
    }
    return done;
  }

  /// Sets the speed; at 0 all jobs are given up.
  void speed(double newSpeed, long nowNanos, Consumer<Job> givenUp) {
    advance(nowNanos);
    speed = newSpeed;
    if (isDown()) {
      while (running > 0) {
        givenUp.accept(pop());
      }
      waiting.forEach(givenUp);
      waiting.clear();
    }
  }

  /// Sets the multiple of its own speed.
  void factor(double newFactor, long nowNanos) {
    advance(nowNanos);
    factor = newFactor;
  }

  private double rate() {
    double own = speed * factor;
    return running <= cores ? own : own * cores / running;
  }

  private void advance(long nowNanos) {
    if (running > 0) {
      double elapsedNanos = nowNanos - sinceNanos;
      clock += elapsedNanos * rate();
      coreNanos += elapsedNanos * Math.min(running, cores);
    }
    sinceNanos = nowNanos;
  }

  private void start(Job job) {
    job.finish = clock + job.stageNanos;
    if (running == heap.length) {
      heap = Arrays.copyOf(heap, running * 2);
    }
    int at = running++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (at(parent).finish <= job.finish) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = job;
  }

  private Job pop() {
    Job first = at(0);
    Job last = at(--running);
    heap[running] = null;
    if (running > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(Job job) {
    int at = 0;
    while (2 * at + 1 < running) {
      int child = 2 * at + 1;
      if (child + 1 < running && at(child + 1).finish < at(child).finish) {
        child++;
      }
      if (at(child).finish >= job.finish) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = job;
  }

  @SuppressWarnings("NullAway") // all below `running` are there
  private Job at(int index) {
    return heap[index];
  }
}
