import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When the balancer refused requests or connections because memory was used up, by its metrics.
/// Weir promises to do so (docs/security.md); it explains an error that met no replica.
final class SoakRefusals implements AutoCloseable {
  private static final long EVERY_MILLIS = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String COUNTED =
      "weir_(refused_memory|connections_refused|connections_evicted)_total[ {].*";

  /// A time in which the balancer refused something.
  private record Refusing(long fromMillis, long toMillis) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest ask;
  private final List<Refusing> all = new ArrayList<>();
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);

  /// @param port the admin port
  SoakRefusals(int port) {
    ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(TIMEOUT)
            .build();
    thread.start();
  }

  private void run() {
    double before = 0;
    long since = System.currentTimeMillis();
    try {
      while (true) {
        Thread.sleep(EVERY_MILLIS);
        long now = System.currentTimeMillis();
        double count = count(before);
        if (count > before) {
          note(new Refusing(since, now));
        }
        before = count;
        since = now;
      }
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  /// @param unknown what to return if the page does not come
  private double count(double unknown) throws InterruptedException {
    try {
      return http.send(ask, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.matches(COUNTED))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    } catch (IOException e) {
      return unknown;
    }
  }

  private synchronized void note(Refusing refusing) {
    all.add(refusing);
  }

  /// Whether the balancer refused something while the request was under way.
  synchronized boolean explains(SoakClient.Result result) {
    return all.stream()
        .anyMatch(it ->
            it.fromMillis <= result.toMillis() && it.toMillis >= result.fromMillis());
  }

  @Override
  public void close() {
    thread.interrupt();
    http.close();
  }
}
