package dev.weir.sim;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Jobs that come due in the order in which they entered, as on a network cable.
final class DelayLine {
  private @Nullable Job[] jobs = new @Nullable Job[64];
  private int[] indexes = new int[64];
  private long[] dueNanos = new long[64];
  private int head;
  private int size;

  void add(Job job, long due) {
    if (size == jobs.length) {
      grow();
    }
    int at = (head + size++) & (jobs.length - 1);
    jobs[at] = job;
    indexes[at] = job.index;
    dueNanos[at] = due;
  }

  /// When the first job is due; never if there is none.
  long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : dueNanos[head];
  }

  /// The identity that the first job had when it entered.
  int firstIndex() {
    return indexes[head];
  }

  /// Removes the first job.
  Job take() {
    Job job = Objects.requireNonNull(jobs[head]);
    jobs[head] = null;
    head = (head + 1) & (jobs.length - 1);
    size--;
    return job;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private void grow() {
    int length = jobs.length;
    @Nullable Job[] moreJobs = Arrays.copyOfRange(jobs, head, head + length * 2);
    int[] moreIndexes = Arrays.copyOfRange(indexes, head, head + length * 2);
    long[] moreDue = Arrays.copyOfRange(dueNanos, head, head + length * 2);
    System.arraycopy(jobs, 0, moreJobs, length - head, head);
    Arrays.fill(moreJobs, length, length * 2, null);
    System.arraycopy(indexes, 0, moreIndexes, length - head, head);
    System.arraycopy(dueNanos, 0, moreDue, length - head, head);
    jobs = moreJobs;
    indexes = moreIndexes;
    dueNanos = moreDue;
    head = 0;
  }
}
