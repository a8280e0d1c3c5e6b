package dev.weir.load.send;

import dev.weir.base.UserError;
import dev.weir.load.record.Certifier;
import dev.weir.load.record.LoadResult;
import dev.weir.load.record.Recorder;
import dev.weir.load.record.RequestJournal;
import dev.weir.load.record.RequestListener;
import dev.weir.run.Certificate;
import dev.weir.run.RequestRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One run of open-loop load: prepared, started, perhaps stopped early, awaited once.
public final class LoadRun {
  /// How long the run waits for its first connections before it starts anyway.
  private static final Duration PREFILL_MAX = Duration.ofSeconds(2);

  /// Time for the sender's thread to start and park before the schedule's zero.
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LoadSettings settings;
  private final RequestJournal journal;
  private final Requests requests;
  private final ResponseLoop loop;
  private final Sender sender;
  private final Recorder recorder;

  private volatile long epochNanos;
  private Instant startedAt = Instant.EPOCH;

  private LoadRun(LoadSettings settings, Connector connector, RequestListener listener) {
    this.settings = settings;
    this.journal = new RequestJournal(settings.schedule());
    byte[] bytes = settings.request().encode(settings.target(), settings.keepAlive());
    ByteBuffer message = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    this.requests = new Requests(settings, journal, message);
    this.loop = new ResponseLoop(settings, connector, requests);
    this.sender = new Sender(settings.schedule(), message, loop.pool(), loop::report);
    this.recorder = new Recorder(journal, listener);
  }

  /// Checks, without sending a request, that the target is reachable, and prepares the run.
  ///
  /// @throws UserError naming `--url` if it is not reachable
  public static LoadRun prepare(LoadSettings settings, RequestListener listener) {
    return new LoadRun(settings, Connector.find(settings), listener);
  }

  /// Opens the first connections and starts the schedule's clock.
  ///
  /// @return the zero of all times in the records
  public Instant start() {
    loop.start();
    recorder.start();
    prefill();
    long epoch = System.nanoTime() + LEAD_NANOS;
    startedAt = Instant.now().plusNanos(epoch - System.nanoTime());
    epochNanos = epoch;
    requests.start(epoch);
    sender.start(epoch);
    requests.follow(sender);
    return startedAt;
  }

  /// Stops sending, waits up to `drain` for outstanding responses, and ends the run. Any thread may
  /// call it after [#start].
  public void stop(Duration drain) {
    requests.stop(System.nanoTime() + drain.toNanos());
    sender.stop();
  }

  /// The progress of the run.
  public LoadProgress progress() {
    int ended = journal.completed();
    int size = settings.schedule().size();
    return new LoadProgress(
        System.nanoTime() - epochNanos,
        settings.schedule().dueNanos(size - 1),
        size,
        sender.issued(),
        ended,
        recorder.errors(),
        recorder.latencyNanos(50),
        recorder.latencyNanos(99));
  }

  /// Waits until the last request has ended and returns the result.
  public LoadResult await() throws InterruptedException {
    loop.await();
    recorder.close();
    int issued = sender.issued();
    boolean stopped = issued < settings.schedule().size();
    List<RequestRecord> records = journal.records(issued);
    var circumstances =
        new Certifier.Circumstances(stopped, sender.waited(), settings.connectionsMax());
    Certificate certificate = Certifier.certify(settings.schedule(), records, circumstances);
    return new LoadResult(
        startedAt,
        records,
        recorder.latency(),
        recorder.service(),
        recorder.lag(),
        count(records, request -> request.status() > 0, RequestRecord::status),
        count(records, request -> !request.error().isEmpty(), RequestRecord::error),
        count(records, request -> !request.replica().isEmpty(), RequestRecord::replica),
        certificate,
        stopped,
        requests.notes(),
        recorder.listenerFailure());
  }

  private void prefill() {
    long untilNanos = System.nanoTime() + PREFILL_MAX.toNanos();
    int upcoming = requests.prefill();
    int goal = Math.min(settings.connectionsMax(), upcoming);
    while (loop.pool().idle() < goal && System.nanoTime() - untilNanos < 0) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }

  private static <K> Map<K, Long> count(
      List<RequestRecord> records,
      Predicate<RequestRecord> counted,
      Function<RequestRecord, K> key) {
    return records.stream()
        .filter(counted)
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }
}
