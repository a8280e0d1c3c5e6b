import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A client that does nothing wrong: a GET at each tick, on kept and on new connections in turn.
///
/// It does not wait for a response before it sends the next, and latency counts from when a request
/// was due, so that a balancer that stands still is seen as it is. A kept connection that ends
/// without a byte is no failure: the request is sent again on a new one, once, as browsers do.
final class NormalClient {
  private static final long TIMEOUT_NANOS = 5_000_000_000L;

  /// One request.
  ///
  /// @param status 0 without a response
  /// @param error what went wrong; empty if nothing did
  record Sample(long dueNanos, long latencyNanos, int status, String error) {
    boolean good() {
      return error.isEmpty();
    }
  }

  private final int port;
  private final double perSecond;
  private final List<Sample> samples = new ArrayList<>();
  private final ConcurrentLinkedQueue<HttpCall> kept = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean stopped;

  NormalClient(int port, double perSecond) {
    this.port = port;
    this.perSecond = perSecond;
  }

  /// Sends some requests at once that are not recorded, so that the balancer's code is compiled.
  void warmUp(int threads, int each) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(
          Thread.startVirtualThread(() -> {
            for (int k = 0; k < each; k++) {
              request(System.nanoTime(), k % 4 > 0);
            }
          }));
    }
    for (Thread thread : all) {
      thread.join();
    }
  }

  void start() {
    Thread.ofPlatform().daemon().name("normal").start(this::run);
  }

  private void run() {
    long begin = System.nanoTime();
    for (long k = 0; !stopped; k++) {
      long due = begin + (long) (k * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      boolean keeps = k % 2 == 0;
      pending.incrementAndGet();
      Thread.startVirtualThread(() -> {
        Sample sample = request(due, keeps);
        synchronized (samples) {
          samples.add(sample);
        }
        pending.decrementAndGet();
      });
    }
  }

  private Sample request(long due, boolean keeps) {
    long end = due + TIMEOUT_NANOS;
    HttpCall used = keeps ? kept.poll() : null;
    int status = 0;
    String error = "";
    try {
      try {
        status = used == null ? fresh(keeps, end) : send(used, true, end);
      } catch (IOException e) {
        if (used == null || used.heard()) {
          throw e;
        }
        status = fresh(true, end);
      }
      error = status < 400 ? "" : "status " + status;
    } catch (IOException e) {
      error = HttpCall.reason(e);
    }
    return new Sample(due, System.nanoTime() - due, status, error);
  }

  private int fresh(boolean keeps, long end) throws IOException {
    return send(new HttpCall(port, end), keeps, end);
  }

  private int send(HttpCall call, boolean keeps, long end) throws IOException {
    boolean lasts = false;
    try {
      int status = call.get("/", !keeps, end);
      lasts = call.lasts();
      return status;
    } finally {
      if (lasts) {
        kept.add(call);
      } else {
        call.close();
      }
    }
  }

  /// Sends no more, and waits for what is under way.
  List<Sample> stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + TIMEOUT_NANOS + 1_000_000_000L;
    while (pending.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    kept.forEach(HttpCall::close);
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }
}
