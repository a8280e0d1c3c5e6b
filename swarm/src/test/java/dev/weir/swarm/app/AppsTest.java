package dev.weir.swarm.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import dev.weir.swarm.engine.RegistryAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Apps against a small Engine, and a real server where the app's port would be.
@Timeout(60)
class AppsTest {
  private static final Duration WAIT = Duration.ofSeconds(20);

  /// In the words of Engine 20.10.24.
  private static final String PULL =
      """
      {"status":"Pulling from library/web","id":"1"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"aaa"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"bbb"}
      {"status":"Downloading","progressDetail":{"current":50,"total":100},"progress":"[=> ]","id":"aaa"}
      {"status":"Download complete","progressDetail":{},"id":"bbb"}
      {"status":"Pull complete","progressDetail":{},"id":"aaa"}
      {"status":"Pull complete","progressDetail":{},"id":"bbb"}
      {"status":"Digest: sha256:1"}
      """;

  @TempDir private Path folder;
  private final List<Double> shares = new ArrayList<>();
  private final StartListener listener =
      new StartListener() {
        @Override
        public void pulling(double share, String note) {
          shares.add(share);
        }

        @Override
        public void note(String line) {}
      };

  @Test
  void pullsStartsAndWaitsForAnResponse() throws Exception {
    HttpServer app =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    app.start();
    int port = app.getAddress().getPort();
    try (var fake = FakeEngine.at(folder.resolve("s"), local(port, "running"));
        var engine = Engine.connect(fake.address())) {
      StartedApp started = run(engine, spec("web:1"), Optional.empty(), PullPolicy.ALWAYS);
      assertThat(started.readiness())
          .isInstanceOfSatisfying(
              Readiness.Responding.class, response -> assertThat(response.status()).isEqualTo(404));
      assertThat(started.containerId()).isEqualTo("c1");
      assertThat(started.image()).isEqualTo("web:1 (sha256:i)");
      FakeEngine.Request create =
          fake.requests().stream()
              .filter(r -> r.path().equals("/containers/create"))
              .findFirst()
              .orElseThrow();
      assertThat(create.query()).containsEntry("name", "web");
      assertThat(create.text())
          .contains("\"Env\":[\"A=b\"]", "\"Cmd\":[\"-v\"]", "\"dev.weir.app\":\"web\"")
          .contains(
              "\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"8080\"}]}");
      assertThat(shares).isSorted().endsWith(1.0).contains(0.5 * 0.75 / 2);
    } finally {
      app.stop(0);
    }
  }

  @Test
  void whatEndsAtOnceIsReportedWithItsLastLinesAndRemoved() throws Exception {
    try (var fake = FakeEngine.at(folder.resolve("s"), local(1, "exited"));
        var engine = Engine.connect(fake.address())) {
      StartedApp started = run(engine, spec("web"), Optional.empty(), PullPolicy.NEVER);
      assertThat(started.readiness())
          .isEqualTo(new Readiness.Ended("exited with code 3; its last lines:\n  no such flag"));
      assertThat(fake.requests().getLast().line()).isEqualTo("DELETE /containers/c1");
    }
  }

  @Test
  void aPullThatFailsInItsMidstIsReported() throws Exception {
    FakeEngine.Handler handler =
        (_, response) -> {
          response.start();
          response.chunk("{\"errorDetail\":{\"message\":\"no space\"},\"error\":\"no space\"}\n");
          response.end();
        };
    try (var fake = FakeEngine.at(folder.resolve("s"), handler);
        var engine = Engine.connect(fake.address())) {
      assertThatThrownBy(() -> run(engine, spec("web"), Optional.empty(), PullPolicy.ALWAYS))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("IMAGE: web cannot be pulled: no space (");
    }
  }

  @Test
  void onANodeItIsAServiceThatStaysThere() throws Exception {
    try (var fake = FakeEngine.at(folder.resolve("s"), swarm("running"));
        var engine = Engine.connect(fake.address())) {
      var spec = new AppSpec("web:1", "web", List.of(), List.of(), List.of());
      StartedApp started = run(engine, spec, Optional.of("w1"), PullPolicy.MISSING);
      assertThat(started.node()).isEqualTo("w1");
      assertThat(started.containerId()).isEqualTo("c9");
      assertThat(started.image()).isEqualTo("web:1@sha256:d");
      FakeEngine.Request create =
          fake.requests().stream()
              .filter(r -> r.path().equals("/services/create"))
              .findFirst()
              .orElseThrow();
      assertThat(create.text())
          .contains("\"Constraints\":[\"node.id==n2\"]", "\"Image\":\"web:1@sha256:d\"");
      assertThatThrownBy(() -> run(engine, spec, Optional.of("w7"), PullPolicy.MISSING))
          .hasMessage("--on: w7 (expected: one of w1)");
      assertThatThrownBy(() -> run(engine, spec, Optional.of("w1"), PullPolicy.NEVER))
          .hasMessageStartingWith("--pull: never");
    }
  }

  @Test
  void whatANodeRejectsIsReportedAndRemoved() throws Exception {
    try (var fake = FakeEngine.at(folder.resolve("s"), swarm("rejected"));
        var engine = Engine.connect(fake.address())) {
      var spec = new AppSpec("web:1", "web", List.of(), List.of(), List.of());
      assertThatThrownBy(() -> run(engine, spec, Optional.of("w1"), PullPolicy.MISSING))
          .hasMessage("web: rejected on its node: No such image: web:1");
      assertThat(fake.requests().getLast().line()).isEqualTo("DELETE /services/s1");
    }
  }

  @Test
  void portsAreReadAsDockerReadsThem() {
    assertThat(PublishedPort.parse("8080:80")).isEqualTo(new PublishedPort("", 8080, 80, "tcp"));
    assertThat(PublishedPort.parse("[::1]:1:2/udp"))
        .isEqualTo(new PublishedPort("::1", 1, 2, "udp"));
    assertThat(PublishedPort.parse("127.0.0.1::80"))
        .isEqualTo(new PublishedPort("127.0.0.1", 0, 80, "tcp"));
    assertThat(PublishedPort.parse("80")).isEqualTo(new PublishedPort("", 0, 80, "tcp"));
    for (String wrong : List.of("", "x:80", "80:", "70000:80", "80:0", "80/http")) {
      assertThatThrownBy(() -> PublishedPort.parse(wrong)).hasMessageStartingWith("--publish: ");
    }
    assertThat(AppSpec.nameOf("r.io:5/me/api:7")).isEqualTo("api");
    assertThat(AppSpec.nameOf("me/api@sha256:1")).isEqualTo("api");
  }

  private StartedApp run(Engine engine, AppSpec spec, Optional<String> on, PullPolicy pull) {
    return new Apps(engine).run(spec, on, pull, WAIT, new RegistryAuth(Map.of(), folder), listener);
  }

  private static AppSpec spec(String image) {
    return new AppSpec(
        image,
        "web",
        List.of(PublishedPort.parse("127.0.0.1:8080:80")),
        List.of("A=b"),
        List.of("-v"));
  }

  private static FakeEngine.Handler local(int port, String state) {
    return (request, response) -> {
      switch (request.line()) {
        case "POST /images/create" -> {
          response.start();
          response.chunk(PULL);
          response.end();
        }
        case "GET /images/web:1/json", "GET /images/web/json" ->
            response.json(200, "{\"Id\":\"sha256:i\"}");
        case "POST /containers/create" -> response.json(201, "{\"Id\":\"c1\"}");
        case "GET /containers/c1/json" ->
            response.json(
                200,
                "{\"State\":{\"Status\":\"%s\",\"ExitCode\":3},\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[{\"HostPort\":\"%d\"}]}}}"
                    .formatted(state, port));
        case "GET /containers/c1/logs" -> {
          response.start();
          response.chunk(new byte[] {2, 0, 0, 0, 0, 0, 0, 13});
          response.chunk("no such flag\n");
          response.end();
        }
        default -> response.json(200, "");
      }
    };
  }

  private static FakeEngine.Handler swarm(String state) {
    return (request, response) -> response.json(200, swarmResponse(request, state));
  }

  private static String swarmResponse(FakeEngine.Request request, String state) throws IOException {
    return switch (request.line()) {
      case "GET /nodes" ->
          "[{\"ID\":\"n2\",\"Spec\":{\"Role\":\"worker\",\"Availability\":\"active\"},\"Description\":{\"Hostname\":\"w1\"},\"Status\":{\"State\":\"ready\",\"Addr\":\"10.0.0.2\"}}]";
      case "GET /distribution/web:1/json" -> "{\"Descriptor\":{\"digest\":\"sha256:d\"}}";
      case "POST /services/create" -> "{\"ID\":\"s1\"}";
      case "GET /tasks" ->
          "[{\"ID\":\"t\",\"ServiceID\":\"s\",\"CreatedAt\":\"1\",\"Status\":{\"State\":\"%s\",\"Err\":\"No such image: web:1\",\"ContainerStatus\":{\"ContainerID\":\"c9\"}}}]"
              .formatted(state);
      default -> "";
    };
  }
}
