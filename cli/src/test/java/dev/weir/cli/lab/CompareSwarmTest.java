package dev.weir.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.Ran;
import dev.weir.cli.option.ExitCode;
import dev.weir.load.calibrate.ArrivalSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir compare --service` with an engine that keeps a service's spec, a balancer's status that
/// shows it, and a real server for the load.
@Timeout(90)
final class CompareSwarmTest {
  private static final Pattern POLICY = Pattern.compile("\"weir.policy\":\"([a-z-]+)\"");

  private static final Pattern LIMIT = Pattern.compile("\"weir.limit\":\"([a-z0-9]+)\"");

  @TempDir private Path folder = Path.of("");

  @Test
  void labelsTheServiceForEachRunAndPutsItBack() throws Exception {
    try (var sink = sink();
        var swarm = new OneService(URI.create(sink.url()).getPort())) {
      Ran ran =
          Ran.weir(
              ("compare --service web --policies round-robin,weir --no-aa --rounds 2 --duration 2s"
                      + " --lambda 100 --seed 3 --no-predict --host tcp://127.0.0.1:%d --status-url"
                      + " http://127.0.0.1:%d/status --out %s")
                  .formatted(swarm.port(), swarm.port(), folder.resolve("c")));
      assertThat(ran.code()).as(ran.err()).isIn(ExitCode.OK, ExitCode.VOID);
      assertThat(ran.out()).contains("service web (2 replicas)", "Not simulated");
      assertThat(ran.err()).contains("web is put back as it was found");
      assertThat(swarm.policies).contains("round-robin", "weir").endsWith("none");
      assertThat(swarm.limits).contains("none", "auto").endsWith("none");
      assertThat(swarm.spec()).contains("\"weir.port\":\"8080\"");
    }
    assertThat(folder.resolve("c/2-weir/run.json")).exists();
    assertThat(folder.resolve("c/compare.html")).isNotEmptyFile();
  }

  @Test
  void aServiceWithoutABalancerHasNoPolicyToSet() throws Exception {
    try (var swarm = new OneService(0)) {
      swarm.balanced = false;
      Ran ran =
          Ran.weir(
              "compare --service web --policies round-robin,weir --lambda 9 --host tcp://127.0.0.1:"
                  + swarm.port());
      assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("--policies: web is not behind a balancer of Weir's");
    }
  }

  /// The service shows no way in, so only --url says where to send; nothing is there.
  @Test
  void aTargetThatNeverSucceedsIsAFailureAndNoComparison() throws Exception {
    try (var swarm = new OneService(0)) {
      swarm.hidden = true;
      Ran ran =
          Ran.weir(
              ("compare --service web --policies round-robin,weir --no-aa --rounds 2 --duration 2s"
                      + " --lambda 20 --seed 3 --no-predict --host tcp://127.0.0.1:%1$d --status-url"
                      + " http://127.0.0.1:%1$d/status --url http://127.0.0.1:%1$d/missing --out %2$s")
                  .formatted(swarm.port(), folder.resolve("m")));
      assertThat(ran.out()).as(ran.err()).contains("no request of weir succeeded");
      assertThat(ran.err()).contains("web as found: image web:1, 2 replicas, policy none");
      assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
      assertThat(swarm.policies).endsWith("none");
    }
  }

  private static ArrivalSink sink() throws IOException {
    var sink = new ArrivalSink(10_000);
    Thread.ofPlatform().daemon().start(sink);
    return sink;
  }

  /// A manager of a swarm with a service and its balancer.
  private static final class OneService implements AutoCloseable {
    private final HttpServer server;
    private final int entrance;
    private final List<String> policies = new CopyOnWriteArrayList<>();
    private final List<String> limits = new CopyOnWriteArrayList<>();
    private volatile boolean balanced = true;
    private volatile boolean hidden;
    private volatile String spec =
        "{\"Name\":\"web\",\"Labels\":{\"weir.port\":\"8080\"},\"Mode\":{\"Replicated\":{\"Replicas\":2}},"
            + "\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"web:1\"}}}";

    OneService(int entrance) throws IOException {
      this.entrance = entrance;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::respond);
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    String spec() {
      return spec;
    }

    private String policy() {
      return labelled(POLICY);
    }

    private String labelled(Pattern pattern) {
      Matcher label = pattern.matcher(spec);
      return label.find() ? label.group(1) : "none";
    }

    private void respond(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.endsWith("/update")) {
        spec = body;
        policies.add(policy());
        limits.add(labelled(LIMIT));
      }
      byte[] response = page(path).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Api-Version", "1.41");
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, response.length);
      exchange.getResponseBody().write(response);
      exchange.close();
    }

    private String page(String path) {
      String ports =
          "{\"Ports\":[{\"Protocol\":\"tcp\",\"TargetPort\":80,\"PublishedPort\":%d}]}"
              .formatted(balanced ? entrance : 80);
      ports = hidden ? "{}" : ports;
      String web =
          "{\"ID\":\"s1\",\"Version\":{\"Index\":7},\"Spec\":%s,\"Endpoint\":%s}"
              .formatted(balanced ? spec : spec.replace("weir.port", "x"), balanced ? "{}" : ports);
      String balancer =
          "{\"ID\":\"s2\",\"Spec\":{\"Name\":\"front\",\"TaskTemplate\":{\"ContainerSpec\":"
              + "{\"Args\":[\"balance\"]}}},\"Endpoint\":%s}".formatted(ports);
      return switch (path) {
        case "/_ping" -> "OK";
        case "/info" ->
            "{\"Name\":\"m1\",\"Swarm\":{\"NodeAddr\":\"127.0.0.1\",\"ControlAvailable\":true}}";
        case "/services" -> "[%s,%s]".formatted(web, balancer);
        case "/services/web", "/services/s1" -> web;
        case "/services/front" -> balancer;
        case "/status" ->
            "{\"services\":[{\"name\":\"web\",\"policy\":\"%s\"}]}".formatted(policy());
        default -> path.endsWith("/update") || path.equals("/events") ? "{}" : "[]";
      };
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
