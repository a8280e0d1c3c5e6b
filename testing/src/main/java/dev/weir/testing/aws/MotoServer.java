package dev.weir.testing.aws;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Moto, started once for all tests of this run by `testbed/moto`, and stopped at its end.
public final class MotoServer {
  /// What a test says that skips without it.
  public static final String MISSING =
      "needs Python 3 with venv for Moto; Debian: apt-get install python3-venv";

  private static final long INSTALL_SECONDS_MAX = 600;
  private static @Nullable MotoServer shared;

  private final URI address;

  private MotoServer(URI address) {
    this.address = address;
  }

  /// Whether this machine can have one.
  public static boolean isPossible() {
    return run("python3", "-c", "import venv, ensurepip").exit == 0;
  }

  /// The server, as empty as a new account.
  public static synchronized MotoServer empty() throws IOException, InterruptedException {
    MotoServer server = shared == null ? start() : shared;
    shared = server;
    var reset =
        HttpRequest.newBuilder(server.address.resolve("/moto-api/reset"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(reset, BodyHandlers.ofString()).statusCode();
      if (status != 200) {
        throw new IOException("Moto does not forget: " + status);
      }
    }
    return server;
  }

  /// Where it listens.
  public URI address() {
    return address;
  }

  private static MotoServer start() throws IOException {
    Path state = Files.createTempDirectory("weir-moto");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> moto(state, "down")));
    Result up = moto(state, "up", "--port", String.valueOf(freePort()));
    if (up.exit != 0) {
      throw new IOException("testbed/moto up: " + up.text);
    }
    return new MotoServer(URI.create(up.text.strip().lines().toList().getLast()));
  }

  private static Result moto(Path state, String... words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("weir.root", ".."), "testbed", "moto").toString());
    command.addAll(List.of(words));
    return run(state, command.toArray(String[]::new));
  }

  private static Result run(String... command) {
    return run(Path.of(System.getProperty("java.io.tmpdir")), command);
  }

  private static Result run(Path state, String... command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WEIR_TESTBED", state.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS);
      return new Result(ended ? process.exitValue() : -1, text);
    } catch (IOException e) {
      return new Result(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, e.toString());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// How a command ended.
  private record Result(int exit, String text) {}
}
