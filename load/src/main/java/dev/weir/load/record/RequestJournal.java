package dev.weir.load.record;

import dev.weir.arrivals.Schedule;
import dev.weir.run.RequestRecord;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// The results of all requests, in arrays allocated before the run, so that recording creates no
/// garbage.
///
/// The response loop writes; a thread that has seen [#completed] reach `n` may read the first `n`
/// results.
public final class RequestJournal {
  private final Schedule schedule;
  private final long[] sentNanos;
  private final long[] respondedNanos;
  private final long[] bytes;
  private final short[] statuses;
  private final String[] replicas;
  private final String[] errors;
  private final int[] order;
  private volatile int completed;

  public RequestJournal(Schedule schedule) {
    this.schedule = schedule;
    int count = schedule.size();
    sentNanos = new long[count];
    respondedNanos = new long[count];
    bytes = new long[count];
    statuses = new short[count];
    replicas = new String[count];
    errors = new String[count];
    order = new int[count];
    // Touches every page now rather than under load.
    Arrays.fill(sentNanos, -1);
    Arrays.fill(respondedNanos, -1);
    Arrays.fill(replicas, "");
    Arrays.fill(errors, "");
    Arrays.fill(bytes, 0);
    Arrays.fill(order, -1);
  }

  /// Records the end of one request; instants count from the run's epoch.
  public void complete(
      int number,
      long sent,
      long responded,
      int status,
      long bodyBytes,
      String replica,
      String error) {
    sentNanos[number] = sent;
    respondedNanos[number] = responded;
    statuses[number] = (short) status;
    bytes[number] = bodyBytes;
    replicas[number] = replica;
    errors[number] = error;
    int position = completed;
    order[position] = number;
    completed = position + 1;
  }

  /// How many requests have ended.
  public int completed() {
    return completed;
  }

  /// The request that was the `position`-th to end.
  RequestRecord ended(int position) {
    return record(order[position]);
  }

  /// The first `count` requests of the schedule.
  public List<RequestRecord> records(int count) {
    return new Records(count);
  }

  private RequestRecord record(int number) {
    return new RequestRecord(
        number,
        schedule.dueNanos(number),
        sentNanos[number],
        respondedNanos[number],
        statuses[number],
        bytes[number],
        replicas[number],
        errors[number]);
  }

  /// The arrays as records, created on access.
  private final class Records extends AbstractList<RequestRecord> implements RandomAccess {
    private final int count;

    Records(int count) {
      this.count = count;
    }

    @Override
    public RequestRecord get(int index) {
      return record(Objects.checkIndex(index, count));
    }

    @Override
    public int size() {
      return count;
    }
  }
}
