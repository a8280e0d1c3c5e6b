import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The honest clients of bench/soak: a mix of requests at a rate, on kept and on new connections.
final class SoakClient {
  /// How long one may take. The balancer's own times are 10 s at most, so what takes longer is
  /// stuck.
  private static final long TIMEOUT_NANOS = 25_000_000_000L;

  private static final int BIG_BYTES_MAX = 300_000;
  private static final int UPLOAD_BYTES_MAX = 64 * 1024;
  private static final int SLOW_MILLIS_MAX = 400;
  private static final int SESSION_ROUNDS_MAX = 12;

  /// What came of one.
  ///
  /// @param fromMillis since 1970, as toMillis
  /// @param error empty if all was well
  record Result(SoakRequest request, long fromMillis, long toMillis, String error) {
    boolean stuck() {
      return error.equals("timeout");
    }
  }

  private final int port;
  private final double perSecond;
  private final SplittableRandom random;
  private final List<Result> failed = new ArrayList<>();
  private final long[] counts = new long[SoakRequest.Kind.values().length];
  private final ConcurrentLinkedQueue<HttpCall> kept = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean stopped;
  private long ids;

  SoakClient(int port, double perSecond, long seed) {
    this.port = port;
    this.perSecond = perSecond;
    random = new SplittableRandom(seed);
  }

  void start() {
    Thread.ofPlatform().daemon().name("clients").start(this::run);
  }

  private void run() {
    long due = System.nanoTime();
    while (!stopped) {
      due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / perSecond);
      SoakRequest next = draw();
      boolean keeps = random.nextBoolean();
      try {
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        return;
      }
      pending.incrementAndGet();
      Thread.startVirtualThread(() -> {
        try {
          note(request(next, keeps));
        } finally {
          pending.decrementAndGet();
        }
      });
    }
  }

  private SoakRequest draw() {
    SoakRequest.Kind kind = SoakRequest.Kind.GET;
    int at = random.nextInt(100);
    for (SoakRequest.Kind each : SoakRequest.Kind.values()) {
      kind = each;
      at -= each.weight;
      if (at < 0) {
        break;
      }
    }
    int size =
        switch (kind) {
          case GET -> 0;
          case BIG -> random.nextInt(3, BIG_BYTES_MAX);
          case SLOW -> random.nextInt(SLOW_MILLIS_MAX);
          case POST, CHUNKED -> random.nextInt(1, UPLOAD_BYTES_MAX);
          case EVENTS, WEBSOCKET -> random.nextInt(1, SESSION_ROUNDS_MAX);
        };
    return new SoakRequest(++ids, kind, size);
  }

  private Result request(SoakRequest request, boolean keeps) {
    long from = System.currentTimeMillis();
    long end = System.nanoTime() + TIMEOUT_NANOS;
    HttpCall used = keeps ? kept.poll() : null;
    String error = "";
    try {
      int status;
      try {
        status = over(request, used == null ? new HttpCall(port, end) : used, keeps, end);
      } catch (IOException e) {
        // The balancer closed a kept connection: a client may send again what is repeatable.
        if (used == null
            || used.heard()
            || !request.kind().repeatable
            || HttpCall.reason(e).equals("timeout")) {
          throw e;
        }
        status = over(request, new HttpCall(port, end), keeps, end);
      }
      error = status < 400 ? "" : "status " + status;
    } catch (IOException e) {
      error = HttpCall.reason(e);
    } catch (InterruptedException e) {
      error = "interrupted";
    }
    return new Result(request, from, System.currentTimeMillis(), error);
  }

  private int over(SoakRequest request, HttpCall call, boolean keeps, long end)
      throws IOException, InterruptedException {
    boolean lasts = false;
    try {
      int status = request.over(call, end);
      lasts = keeps && request.keeps() && call.lasts();
      return status;
    } finally {
      if (lasts) {
        kept.add(call);
      } else {
        call.close();
      }
    }
  }

  private synchronized void note(Result result) {
    counts[result.request().kind().ordinal()]++;
    if (!result.error().isEmpty()) {
      failed.add(result);
    }
  }

  /// How many of a kind have ended.
  synchronized long count(SoakRequest.Kind kind) {
    return counts[kind.ordinal()];
  }

  synchronized List<Result> failed() {
    return List.copyOf(failed);
  }

  /// Sends no more, and waits for what is under way.
  ///
  /// @return how many never ended
  int stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + TIMEOUT_NANOS + 5_000_000_000L;
    while (pending.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    kept.forEach(HttpCall::close);
    return pending.get();
  }
}
