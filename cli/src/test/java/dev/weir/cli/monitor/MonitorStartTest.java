package dev.weir.cli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.Weir;
import dev.weir.cli.option.ExitCode;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.testing.FolderTexts;
import dev.weir.tls.PrivateCa;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `weir monitor start --renew` at an engine that refuses.
class MonitorStartTest {
  @TempDir private Path home;

  private final PrivateCa.Certificates old =
      PrivateCa.issue("weir-agent", "weir-client", Instant.now(), Duration.ofDays(1));
  private Path folder = Path.of("");
  private MonitorCredentials credentials = new MonitorCredentials(folder);
  private final HttpServer engine = unstarted();
  private volatile boolean takesSecrets;

  @BeforeEach
  void haveOld() {
    folder = home.resolve("swarm");
    credentials = new MonitorCredentials(folder);
    credentials.prepare(old);
    credentials.adopt();
    engine.createContext("/", this::respond);
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.stop(0);
  }

  @Test
  void aRenewalThatTheSwarmRefusesLeavesTheOldOnesInUse() throws IOException {
    Map<String, String> inUse = FolderTexts.of(folder);
    assertThat(start("--renew")).isEqualTo(ExitCode.FAILED);
    assertThat(FolderTexts.of(folder))
        .containsAllEntriesOf(inUse)
        .hasSize(6)
        .containsKeys("ca.pem.new", "client-key.pem.new", "client.pem.new");
    assertThat(credentials.read().expires()).isAfter(Instant.now());
    takesSecrets = true;
    // Goes on with the renewal unasked; what fails after the agents took to it does not undo it.
    assertThat(start()).isEqualTo(ExitCode.FAILED);
    assertThat(FolderTexts.of(folder))
        .containsOnlyKeys("ca.pem", "client-key.pem", "client.pem")
        .doesNotContainEntry("ca.pem", old.authority());
  }

  private int start(String... more) {
    String host = "tcp://127.0.0.1:" + engine.getAddress().getPort();
    String[] args =
        Stream.concat(
                Stream.of(
                    "monitor",
                    "start",
                    "-H",
                    host,
                    "--credentials",
                    folder.toString(),
                    "--wait=0s"),
                Stream.of(more))
            .toArray(String[]::new);
    return Weir.commandLine()
        .setErr(new PrintWriter(new StringWriter()))
        .setOut(new PrintWriter(new StringWriter()))
        .execute(args);
  }

  /// A manager with an agent that has secrets, which makes no cAdvisor.
  private void respond(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
    exchange.getResponseHeaders().add("Api-Version", "1.41");
    switch (path) {
      case "/_ping" -> send(exchange, 200, "OK");
      case "/info" -> send(exchange, 200, "{\"Swarm\":{\"Cluster\":{\"ID\":\"s\"}}}");
      case "/networks" -> send(exchange, 200, "[{\"Name\":\"weir-monitor\",\"Id\":\"n\"}]");
      case "/services/weir-agent" ->
          send(
              exchange,
              200,
              """
              {"ID":"a","Version":{"Index":1},"Spec":{"Name":"weir-agent",
               "Labels":{"dev.weir.monitor":"agent"},"TaskTemplate":{"ContainerSpec":
               {"Secrets":[{"SecretName":"x","SecretID":"y"}]}}}}
              """);
      case "/secrets/create" ->
          send(exchange, takesSecrets ? 201 : 500, takesSecrets ? "{\"ID\":\"i\"}" : "{}");
      case "/services/a/update", "/services/weir-agent/update" -> send(exchange, 200, "{}");
      default -> send(exchange, path.endsWith("/create") ? 500 : 404, "{\"message\":\"no\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
