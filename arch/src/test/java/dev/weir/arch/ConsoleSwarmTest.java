package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir console`, and the console of a balancer, before the real swarm of the testbed.
@Timeout(300)
class ConsoleSwarmTest {
  private static final int SECONDS_MAX = 60;
  private static final Pattern CSRF = Pattern.compile("\"csrf\":\"([^\"]+)\"");

  private final String name = "weir-console-" + ProcessHandle.current().pid();
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Testbed testbed;

  @BeforeEach
  void service() throws Exception {
    testbed = Testbed.shared();
    String _ =
        testbed.docker(
            "service",
            "create",
            "--detach",
            "--name",
            name,
            "--endpoint-mode",
            "dnsrr",
            "--replicas",
            "2",
            "--stop-grace-period",
            "1s",
            "--label",
            "weir.port=8080",
            "--env",
            "PASSWORD=not-for-the-page",
            Testbed.REGISTRY + "/weir-primecheck:latest");
  }

  @AfterEach
  void remove() throws Exception {
    if (testbed != null) {
      Testbed.Result _ = testbed.attempt("node", "start", "w2");
      String _ = testbed.docker("service", "rm", name);
    }
  }

  @Test
  void thePageFollowsTheSwarmAndChangesIt() throws Exception {
    int port = freePort();
    try (WeirProcess _ =
        console(port, "console", "--listen", "127.0.0.1:" + port, "--console-write")) {
      try (var stream = new Stream(port)) {
        String seen = stream.await(text -> running(text) >= 2);
        assertThat(seen).contains("\"name\":\"" + name, "no balancer is known");
        assertThat(seen).doesNotContain("not-for-the-page");
        String service = id(seen, "service/", name);
        assertThat(get(port, "/api/logs/%s?lines=5".formatted(id(seen, "task/", name + ".1"))))
            .contains("\"lines\":[");
        String scaled = post(port, "/api/services/%s/scale".formatted(service), "{\"replicas\":3}");
        assertThat(scaled).contains("\"ok\":true");
        stream.await(text -> text.contains("scaled %s from 2 to 3".formatted(name)));
        stream.await(text -> running(text) >= 3);
        String _ = post(port, "/api/services/%s/roll".formatted(service), "{}");
        stream.await(text -> text.contains("update of %s started".formatted(name)));
        String _ = testbed.run("node", "kill", "w2");
        stream.await(text -> text.contains("w2 is down"));
      }
    }
  }

  @Test
  void aBalancerServesThePageToo() throws Exception {
    int port = freePort();
    try (WeirProcess _ =
        console(
            port,
            "balance",
            "--swarm",
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "off",
            "--console",
            "127.0.0.1:" + port)) {
      try (var stream = new Stream(port)) {
        String seen = stream.await(text -> running(text) >= 2);
        assertThat(seen).contains("balancer/this balancer", "\"name\":\"" + name);
        assertThat(seen).doesNotContain("no balancer is known", "not-for-the-page");
      }
    }
  }

  private WeirProcess console(int port, String... words) throws Exception {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--host";
    all[words.length + 1] = "unix://" + testbed.socket();
    WeirProcess process = WeirProcess.start(folder, all);
    testbed.await("the console listens", SECONDS_MAX, () -> session(port), text -> !text.isEmpty());
    return process;
  }

  private String session(int port) throws InterruptedException {
    try {
      return get(port, "/api/session");
    } catch (IOException e) {
      return "";
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private int running(String text) {
    Pattern task =
        Pattern.compile(
            "\"name\":\"%s\\.[0-9]+\"[^}]*\"state\":\"running\",\"desired\":\"running\""
                .formatted(Pattern.quote(name)));
    return (int) task.matcher(text).results().map(one -> one.group()).distinct().count();
  }

  /// The id in the key of the entity with a name.
  private static String id(String text, String kind, String name) {
    Matcher key =
        Pattern.compile(
                "\"%s([a-z0-9]+)\":\\{[^{}]*?\"name\":\"%s\"".formatted(kind, Pattern.quote(name)))
            .matcher(text);
    assertThat(key.find()).as("%s in %s", name, text).isTrue();
    return key.group(1);
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri(port, path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String post(int port, String path, String json) throws IOException, InterruptedException {
    Matcher csrf = CSRF.matcher(get(port, "/api/session"));
    assertThat(csrf.find()).isTrue();
    var request =
        HttpRequest.newBuilder(uri(port, path))
            .header("Content-Type", "application/json")
            .header("X-Weir-CSRF", csrf.group(1))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  /// The events of the page, as a browser gets them.
  private final class Stream implements AutoCloseable {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder all = new StringBuilder();
    private final Thread reader;

    Stream(int port) {
      var request = HttpRequest.newBuilder(uri(port, "/stream")).build();
      reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  http.send(request, HttpResponse.BodyHandlers.ofLines())
                      .body()
                      .filter(line -> line.startsWith("data:"))
                      .forEach(lines::add);
                } catch (IOException | InterruptedException e) {
                  lines.add("ended: " + e);
                }
              });
    }

    /// All that came until it holds.
    String await(Predicate<String> expected) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
      while (!expected.test(all.toString())) {
        String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(line).as("seen: %s", all).isNotNull();
        all.append(line).append('\n');
      }
      return all.toString();
    }

    @Override
    public void close() {
      reader.interrupt();
    }
  }
}
