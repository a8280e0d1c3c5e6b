import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Asks the balancer for /health, five times a second, as an engine's health check does.
final class HealthPoll {
  private static final long TIMEOUT_NANOS = 2_000_000_000L;
  private static final int EVERY_MILLIS = 200;

  /// @param ok whether the response was 200 and came within 2 s
  record Poll(long atNanos, boolean ok) {}

  private final int port;
  private final List<Poll> polls = new ArrayList<>();
  private volatile boolean stopped;

  HealthPoll(int port) {
    this.port = port;
  }

  void start() {
    Thread.startVirtualThread(() -> {
      while (!stopped) {
        Thread.startVirtualThread(this::poll);
        try {
          Thread.sleep(EVERY_MILLIS);
        } catch (InterruptedException e) {
          return;
        }
      }
    });
  }

  private void poll() {
    long now = System.nanoTime();
    boolean ok = false;
    try (var call = new HttpCall(port, now + TIMEOUT_NANOS)) {
      ok = call.get("/health", true, now + TIMEOUT_NANOS) == 200;
    } catch (IOException e) {
      // Not well, then.
    }
    synchronized (polls) {
      polls.add(new Poll(now, ok));
    }
  }

  List<Poll> stop() {
    stopped = true;
    synchronized (polls) {
      return List.copyOf(polls);
    }
  }
}
