import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that notices every lost request: it sends at a fixed rate, independent of the responses,
/// one in N a POST, each with an id of its own, and reports every response other than 200.
///
/// Run as `java Traffic.java URL PER_SECOND SECONDS FILE N`; it stops early when the file is gone.
/// Prints a line for each loss on standard error, and the totals on standard output.
final class Traffic {
  private static final int UNDER_WAY_MAX = 2000;
  private static final int LINES_MAX = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
  private final Map<String, Integer> losses = new TreeMap<>();
  private final AtomicInteger responded = new AtomicInteger();
  private final AtomicInteger lostGets = new AtomicInteger();
  private final AtomicInteger lostPosts = new AtomicInteger();
  private final String url;
  private final long startNanos = System.nanoTime();
  private volatile long slowestNanos;

  private Traffic(String url) {
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    // By itself the client library would send a GET again, and hide a loss.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    var traffic = new Traffic(args[0]);
    traffic.send(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]), Integer.parseInt(args[4]));
  }

  private void send(int perSecond, int seconds, Path go, int postEvery) throws InterruptedException {
    String run = Long.toString(System.currentTimeMillis(), 36);
    long gapNanos = 1_000_000_000L / perSecond;
    long count = (long) perSecond * seconds;
    int sent = 0;
    var gate = new Semaphore(0);
    while (sent < count && (sent % perSecond != 0 || Files.exists(go))) {
      long waitNanos = startNanos + sent * gapNanos - System.nanoTime();
      if (waitNanos > 0) {
        boolean _ = gate.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        continue;
      }
      underWay.acquire();
      one(run + "-" + sent, (sent + 1) % postEvery == 0);
      sent++;
    }
    boolean _ = underWay.tryAcquire(UNDER_WAY_MAX, 90, TimeUnit.SECONDS);
    System.out.printf(
        "{\"sent\":%d,\"succeeded\":%d,\"lostGets\":%d,\"lostPosts\":%d,\"slowestMillis\":%d}%n",
        sent, responded.get(), lostGets.get(), lostPosts.get(), slowestNanos / 1_000_000);
    losses.forEach((why, times) -> System.err.printf("%6d  %s%n", times, why));
    System.exit(0);
  }

  private void one(String id, boolean post) {
    long sentNanos = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("X-Request-Id", id)
            .method(post ? "POST" : "GET", post ? BodyPublishers.ofString("x") : BodyPublishers.noBody())
            .build();
    client.sendAsync(request, BodyHandlers.ofString())
        .whenComplete((response, failure) -> {
          ended(id, post, sentNanos, response, failure);
          underWay.release(); // once it is counted: the totals wait for this
        });
  }

  private synchronized void ended(
      String id, boolean post, long sentNanos, HttpResponse<String> response, Throwable failure) {
    long tookNanos = System.nanoTime() - sentNanos;
    slowestNanos = Math.max(slowestNanos, tookNanos);
    if (failure == null && response.statusCode() == 200) {
      responded.incrementAndGet();
      return;
    }
    int lost = (post ? lostPosts : lostGets).incrementAndGet();
    String why =
        failure == null ? response.body().strip() : failure.toString().replaceAll("\\s+", " ");
    losses.merge((post ? "POST " : "GET ") + why, 1, Integer::sum);
    if (lost <= LINES_MAX) {
      System.err.printf(
          "%.3f s  %s %s after %d ms: %s%n",
          (sentNanos - startNanos) / 1e9, post ? "POST" : "GET", id, tookNanos / 1_000_000, why);
    }
  }
}
