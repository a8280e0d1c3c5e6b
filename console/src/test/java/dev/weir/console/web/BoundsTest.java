package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.ConnectionLimit;
import dev.weir.base.SendBudget;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import dev.weir.console.web.RawClient.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Sizes, times and numbers that hold for hostile clients, and pages that hold for hostile names.
final class BoundsTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static Limits limits(int connections, Duration request) {
    return new Limits(
        new ConnectionLimit<>(connections, connections),
        new SendBudget<>(1 << 20),
        request,
        request,
        LONG);
  }

  private static ConsoleServer start(int connections, Duration request) {
    return Consoles.start(
        ConsoleSettings.loopback(0),
        Consoles.hub(),
        new Consoles.Answers(),
        limits(connections, request));
  }

  @Test
  void slowAndIdleConnectionsAreClosed() throws IOException {
    try (var server = start(10, SHORT);
        var silent = new RawClient(server.address());
        var slow = new RawClient(server.address());
        var idle = new RawClient(server.address())) {
      slow.send("GET / HTTP/1.1\r\nHost: loc");
      assertEquals(200, idle.request("GET /", "").status());
      assertTrue(silent.isClosedByServer());
      assertTrue(slow.isClosedByServer());
      assertTrue(idle.isClosedByServer());
    }
  }

  @Test
  void theOldestOfTooManyConnectionsGoes() throws IOException {
    try (var server = start(4, LONG)) {
      var all = new ArrayList<RawClient>();
      for (int i = 0; i < 6; i++) {
        all.add(new RawClient(server.address()));
      }
      assertEquals(200, all.getLast().request("GET /", "").status());
      assertTrue(all.getFirst().isClosedByServer());
      for (RawClient one : all) {
        one.close();
      }
    }
  }

  @Test
  void largeAndMalformedRequestsAreRefused() throws IOException {
    try (var server =
        Consoles.start(ConsoleSettings.loopback(0), Consoles.hub(), new Consoles.Answers())) {
      InetSocketAddress address = server.address();
      assertEquals(414, RawClient.once(address, "GET /" + "x".repeat(5000)).status());
      assertEquals(431, RawClient.once(address, "GET /", "X: " + "y".repeat(17_000)).status());
      assertEquals(413, RawClient.post(address, "/login", "x".repeat(8193)).status());
      assertEquals(400, RawClient.once(address, "GET /", "no colon").status());
      assertEquals(400, RawClient.once(address, "GET /api/at?t=x").status());
      assertEquals(400, RawClient.once(address, "GET /api/logs/t1?lines=1001").status());
      assertEquals("{\"lines\":200}", RawClient.once(address, "GET /api/logs/t1").body());
      for (String path :
          List.of(
              "/../main.js",
              "/%2e%2e%2fmain.js",
              "/%00",
              "/main.js%00",
              "//main.js",
              "/api/logs/..%2fx",
              "/%zz")) {
        int status = RawClient.once(address, "GET " + path).status();
        assertTrue(status == 404 || status == 400, path + ": " + status);
      }
    }
  }

  @Test
  void pipelinedRequestsEndTheConnection() throws IOException {
    try (var server = start(10, LONG);
        var client = new RawClient(server.address())) {
      client.send("GET /api/series/a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50));
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void aFileIsSentPackedAndOnlyOnce() throws IOException {
    try (var server = start(10, LONG);
        var client = new RawClient(server.address())) {
      Response plain = client.request("GET /main.js", "");
      Response packed = client.request("GET /main.js", "", "Accept-Encoding: br, gzip;q=0.8");
      Response refused = client.request("GET /main.js", "", "Accept-Encoding: gzip;q=0");
      String tag = packed.field("etag").orElseThrow();
      Response known =
          client.request("GET /main.js", "", "Accept-Encoding: gzip", "If-None-Match: " + tag);
      assertEquals("gzip", packed.field("content-encoding").orElseThrow());
      assertTrue(packed.field("content-length").map(Integer::parseInt).orElseThrow() < 200);
      assertEquals(plain.body(), refused.body());
      assertEquals(304, known.status());
      assertFalse(tag.equals(plain.field("etag").orElseThrow()));
    }
  }

  @Test
  void hostileNamesStayTextInTheTable() throws IOException {
    String evil = "<script>alert(1)</script>\\\"'&<img src=x onerror=alert(1)>";
    var hub = Consoles.hub();
    try (var server = Consoles.start(ConsoleSettings.loopback(0), hub, new Consoles.Answers())) {
      hub.publish(
          Picture.of(
              1000,
              List.of(
                  new Entity(
                      "service/1",
                      "{\"id\":\"1\",\"name\":\"%s\",\"image\":\"%s\",\"why\":\"%s\"}"
                          .formatted(evil, evil, evil)),
                  new Entity(
                      "node/n",
                      "{\"id\":\"n\",\"name\":\"%s\",\"problem\":\"%s\"}".formatted(evil, evil)),
                  new Entity(
                      "task/t",
                      "{\"node\":\"n\",\"name\":\"%s\",\"error\":\"%s\",\"state\":{\"x\":\"%s\"}}"
                          .formatted(evil, evil, evil)))));
      String page = RawClient.once(server.address(), "GET /table").body();
      assertFalse(page.contains("<script"), page);
      assertFalse(page.contains("<img"), page);
      assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), page);
    }
  }

  @Test
  void historyAnswersWithThePicturePublishedThen() throws IOException {
    var hub = Consoles.hub();
    try (var server = Consoles.start(ConsoleSettings.loopback(0), hub, new Consoles.Answers())) {
      InetSocketAddress address = server.address();
      assertEquals("{\"from\":null,\"to\":null}", RawClient.once(address, "GET /api/span").body());
      assertEquals(404, RawClient.once(address, "GET /api/at?t=5").status());
      hub.publish(Consoles.picture(1000, "node/1", "{\"state\":\"ready\"}"));
      hub.publish(Consoles.picture(2000, "node/1", "{\"state\":\"down\"}"));
      assertEquals(
          "{\"t\":1000,\"set\":{\"node/1\":{\"state\":\"ready\"}}}",
          RawClient.once(address, "GET /api/at?t=1999").body());
      assertEquals("{\"from\":1000,\"to\":2000}", RawClient.once(address, "GET /api/span").body());
    }
  }

  @Test
  void slowActionsKeepNobodyElseWaiting() throws IOException {
    var release = new CountDownLatch(1);
    var actions =
        new Consoles.Answers() {
          @Override
          public String series(String serviceId) {
            try {
              release.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
            return "{}";
          }
        };
    try (var server = Consoles.start(ConsoleSettings.loopback(0), Consoles.hub(), actions)) {
      var waiting = new ArrayList<RawClient>();
      for (int i = 0; i < 20; i++) {
        var client = new RawClient(server.address());
        client.send("GET /api/series/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
        waiting.add(client);
      }
      assertEquals(200, RawClient.once(server.address(), "GET /").status());
      release.countDown();
      for (RawClient client : waiting) {
        assertEquals(200, client.response(false).status());
        client.close();
      }
    }
  }
}
