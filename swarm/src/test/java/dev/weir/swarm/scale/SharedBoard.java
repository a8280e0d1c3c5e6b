package dev.weir.swarm.scale;

import dev.weir.arrivals.RateMeter;
import dev.weir.scale.ServiceLoad;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A board in memory, as the swarm keeps it, and what balancers write on it.
final class SharedBoard {
  static final String SERVICE = "web";
  private static final long SECOND = 1_000_000_000L;

  private Map<String, String> labels = Map.of();
  private long version;

  /// A load with this number of waiting requests.
  static ServiceLoad load(int queued) {
    return new ServiceLoad(
        new RateMeter(0).estimate(90 * SECOND), Double.NaN, null, 1, 1, queued, 0, 0);
  }

  Board read() {
    return Board.of(labels);
  }

  long version() {
    return version;
  }

  /// Writes over `seen`, the version that the writer has read. Returns whether it was the latest.
  boolean isWritten(Board board, long seen) {
    if (seen != version) {
      return false;
    }
    labels = board.labels();
    version++;
    return true;
  }

  /// One whole round of a balancer. Returns whether it wrote.
  boolean meet(Accord accord, long nowNanos, String... services) {
    accord.see(read(), nowNanos);
    if (!accord.isDue(nowNanos)) {
      return false;
    }
    long seen = version;
    Board next = accord.next(loads(services), nowNanos);
    boolean isDone = isWritten(next, seen);
    accord.written(next, nowNanos);
    return isDone;
  }

  static Map<String, Board.Knowledge> loads(String... services) {
    var loads = new LinkedHashMap<String, Board.Knowledge>();
    for (String service : services.length == 0 ? new String[] {SERVICE} : services) {
      loads.put(service, new Board.Knowledge(load(0), Double.NaN, List.of()));
    }
    return loads;
  }
}
