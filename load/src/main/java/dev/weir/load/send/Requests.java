package dev.weir.load.send;

import dev.weir.arrivals.Schedule;
import dev.weir.load.http.ReplicaNames;
import dev.weir.load.http.ResponseParser;
import dev.weir.load.record.RequestJournal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The unfinished requests of a run: which of them wait for a connection, how each ends, and when
/// all have ended.
///
/// Only the response loop's thread uses it, except [#start], [#follow] and [#stop].
final class Requests {
  /// Spare connections cover the requests of this time, or of the time that opening a few takes.
  private static final long HORIZON_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final int HORIZON_DIALS = 4;
  private static final long NEVER_SENT = -1;

  private final Schedule schedule;
  private final RequestJournal journal;
  private final ByteBuffer message;
  private final long timeoutNanos;
  private final boolean idempotent;
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

  /// The first send of each request that had to be sent again.
  private final Map<Integer, Long> resent = new HashMap<>();

  private final ReplicaNames names = new ReplicaNames();

  private volatile long epochNanos;
  private volatile @Nullable Sender sender;
  private volatile boolean started;
  private volatile boolean stopping;
  private volatile long stopByNanos;
  private int horizon;

  Requests(LoadSettings settings, RequestJournal journal, ByteBuffer message) {
    this.schedule = settings.schedule();
    this.journal = journal;
    this.message = message;
    this.timeoutNanos = settings.timeout().toNanos();
    this.idempotent = settings.request().idempotent();
    this.epochNanos = System.nanoTime();
  }

  /// Sets the sender, which issues the requests.
  void follow(Sender sender) {
    this.sender = sender;
  }

  /// Sets the schedule's zero.
  void start(long epochNanos) {
    this.epochNanos = epochNanos;
    started = true;
  }

  /// Stops issuing, and waits for responses to sent requests until `byNanos`.
  void stop(long byNanos) {
    stopByNanos = byNanos;
    stopping = true;
  }

  /// What the records leave out, one line each; call it when all have ended.
  List<String> notes() {
    return names.notes();
  }

  ByteBuffer message() {
    return message;
  }

  /// Whether connections are still needed.
  boolean takesMore() {
    return !stopping && (left() > 0 || !waiting.isEmpty());
  }

  /// Requests not issued yet.
  int left() {
    Sender issuing = sender;
    return issuing == null ? schedule.size() : schedule.size() - issuing.issued();
  }

  /// Whether all requests have ended.
  boolean allEnded() {
    Sender issuing = sender;
    return issuing != null && issuing.done() && journal.completed() >= issuing.issued();
  }

  /// How many requests come due before new connections could be open.
  int upcoming(long nowNanos, long dialNanos) {
    long span = Math.max(HORIZON_MIN_NANOS, HORIZON_DIALS * dialNanos);
    long until = (started ? Math.max(nowNanos - epochNanos, 0) : 0) + span;
    int issued = schedule.size() - left();
    horizon = Math.max(horizon, issued);
    while (horizon < schedule.size() && schedule.dueNanos(horizon) <= until) {
      horizon++;
    }
    return horizon - issued;
  }

  /// How many requests come due right after the schedule's zero, and so how many connections to
  /// open by then.
  int prefill() {
    int count = 0;
    while (count < schedule.size() && schedule.dueNanos(count) <= HORIZON_MIN_NANOS) {
      count++;
    }
    return Math.max(1, count);
  }

  int waiting() {
    return waiting.size();
  }

  void addWaiting(int number) {
    waiting.addLast(number);
  }

  int pollWaiting() {
    return waiting.removeFirst();
  }

  void returnWaiting(int number) {
    waiting.addFirst(number);
  }

  /// The first send of request `number`; `nowNanos` if it was not sent before.
  long sentNanos(int number, long nowNanos) {
    Long first = resent.get(number);
    return first == null ? nowNanos : first;
  }

  /// Fails the longest-waiting request, for lack of a connection.
  void failWaiting(String kind, long nowNanos) {
    if (!waiting.isEmpty()) {
      failUnsent(waiting.removeFirst(), kind, nowNanos);
    }
  }

  /// Gives up requests that have waited for a connection as long as a response may take.
  void expireWaiting(long nowNanos) {
    while (!waiting.isEmpty()) {
      int number = waiting.getFirst();
      boolean late = nowNanos - epochNanos - schedule.dueNanos(number) > timeoutNanos;
      if (!late && !stopping) {
        return;
      }
      waiting.removeFirst();
      failUnsent(number, stopping ? "stopped" : "no-connection", nowNanos);
    }
  }

  /// Whether the response on `connection` is overdue.
  boolean late(Connection connection, long nowNanos) {
    return nowNanos - connection.sentNanos() > timeoutNanos
        || (stopping && nowNanos - stopByNanos >= 0);
  }

  void timedOut(Connection connection, long nowNanos) {
    boolean timeout = nowNanos - connection.sentNanos() > timeoutNanos;
    complete(connection, nowNanos, timeout ? "timeout" : "stopped");
  }

  void responded(Connection connection, long nowNanos) {
    complete(connection, nowNanos, "");
  }

  /// A connection with a request ended. That completes the response, or requires another send, or
  /// fails the request.
  void ended(Connection connection, String kind, long nowNanos) {
    ResponseParser parser = connection.parser();
    boolean end = kind.equals("closed") || kind.equals("reset");
    if (kind.equals("closed") && parser.endsHere()) {
      responded(connection, nowNanos);
    } else if (end && !parser.started() && mayResend(connection)) {
      resent.put(connection.number(), connection.sentNanos());
      waiting.addFirst(connection.number());
    } else {
      complete(connection, nowNanos, kind.equals("closed") && parser.started() ? "cut" : kind);
    }
  }

  /// Ends the remaining requests when the loop itself ends.
  void endAll(long nowNanos) {
    while (!waiting.isEmpty()) {
      failUnsent(waiting.removeFirst(), "stopped", nowNanos);
    }
  }

  private boolean mayResend(Connection connection) {
    return idempotent && !stopping && !resent.containsKey(connection.number());
  }

  private void complete(Connection connection, long nowNanos, String error) {
    ResponseParser parser = connection.parser();
    journal.complete(
        connection.number(),
        connection.sentNanos() - epochNanos,
        nowNanos - epochNanos,
        parser.status(),
        parser.bodyBytes(),
        names.kept(parser.replica(), parser.replicaCut()),
        error);
  }

  private void failUnsent(int number, String kind, long nowNanos) {
    Long first = resent.get(number);
    long sentNanos = first == null ? NEVER_SENT : first - epochNanos;
    journal.complete(number, sentNanos, nowNanos - epochNanos, 0, 0, "", kind);
  }
}
