package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.console.web.RawClient.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who gets what, on every path.
final class AccessTest {
  private static final List<String> OPEN =
      List.of("GET /login", "HEAD /login", "GET /base.css", "GET /login?x=/");
  private static final List<String> CLOSED =
      List.of(
          "GET /",
          "HEAD /",
          "GET /index.html",
          "GET /main.js",
          "GET /table",
          "GET /stream",
          "GET /api/session",
          "GET /api/span",
          "GET /api/at?t=1",
          "GET /api/series/s1",
          "GET /api/curve/s1",
          "GET /api/logs/t1",
          "GET /api",
          "GET /nothing",
          "GET //login",
          "GET /login/",
          "GET /LOGIN",
          "GET /login/../main.js",
          "GET /%2e%2e/main.js",
          "GET /icons/../main.js",
          "GET /base.css/../main.js",
          "POST /logout",
          "POST /",
          "POST /api/services/s1/scale",
          "POST /api/services/s1/roll",
          "PUT /main.js",
          "DELETE /api/services/s1",
          "OPTIONS /",
          "POST /base.css",
          "POST /stream");

  @TempDir Path folder;
  private ConsoleServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    server = Consoles.withToken(folder, Consoles.hub(), true);
    address = server.address();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutACookieNothingButTheLogin() throws IOException {
    for (String path : OPEN) {
      assertEquals(200, RawClient.once(address, path).status(), path);
    }
    for (String path : CLOSED) {
      assertEquals(401, RawClient.once(address, path).status(), path);
    }
  }

  @Test
  void aWrongCookieIsNone() throws IOException {
    String good = Consoles.login(address);
    List<String> wrong =
        List.of(
            good + "x",
            good.substring(0, good.length() - 1),
            good.substring(0, good.indexOf('=') + 1),
            good.replace("weir-console", "other"),
            "Cookie: weir-console-" + address.getPort() + "=" + Consoles.TOKEN);
    for (String cookie : wrong) {
      for (String path : CLOSED) {
        assertEquals(401, RawClient.once(address, path, cookie).status(), cookie + path);
      }
    }
  }

  @Test
  void theRightCookieOpensEverything() throws IOException {
    String cookie = Consoles.login(address);
    for (String path : CLOSED) {
      Response response = RawClient.once(address, path, cookie);
      assertFalse(response.status() == 401, path);
      cookie = path.equals("POST /logout") ? Consoles.login(address) : cookie;
    }
    assertEquals(200, RawClient.once(address, "GET /", cookie).status());
    assertEquals(200, RawClient.once(address, "GET /stream", "X: y", cookie).status());
    assertEquals(
        "{\"series\":\"s1\"}", RawClient.once(address, "GET /api/series/s1", cookie).body());
    assertEquals(404, RawClient.once(address, "GET /api/curve/s1", cookie).status());
    assertEquals(405, RawClient.once(address, "PUT /main.js", cookie).status());
  }

  @Test
  void everyResponseCarriesTheFieldsOfSecurity() throws IOException {
    String cookie = Consoles.login(address);
    for (String path : CLOSED) {
      assertSecure(path, RawClient.once(address, path));
      assertSecure(path, RawClient.once(address, path, cookie));
    }
    for (String path :
        List.of("GET /login", "GET /base.css", "BAD\u0001 /", "GET /" + "x".repeat(5000))) {
      assertSecure(path, RawClient.once(address, path));
    }
    assertSecure("large", RawClient.once(address, "GET /", "X: " + "y".repeat(17_000)));
    assertSecure("body", RawClient.post(address, "/login", "x".repeat(9000)));
    assertSecure("host", RawClient.once(address, "GET /", "Host: evil.example.com"));
    assertSecure("login", RawClient.post(address, "/login", "token=" + Consoles.TOKEN));
  }

  private static void assertSecure(String what, Response response) {
    SecurityHeaders.ALL.forEach((name, value) -> {
      String found = response.field(name).orElse("none");
      boolean isFile = name.equals("Cache-Control") && found.equals("private, no-cache");
      assertTrue(found.equals(value) || isFile, () -> what + ": " + name + ": " + found);
    });
    assertFalse(response.fields().toString().contains("unsafe-"), what);
  }

  @Test
  void aForeignNameOrPageIsRefused() throws IOException {
    String cookie = Consoles.login(address);
    String host = "127.0.0.1:" + address.getPort();
    assertEquals(421, RawClient.once(address, "GET /", cookie, "Host: evil.example.com").status());
    assertEquals(421, RawClient.once(address, "GET /login", "Host: evil.com:80").status());
    assertEquals(400, RawClient.once(address, "GET /", "Host: a", "Host: b", cookie).status());
    assertEquals(200, RawClient.once(address, "GET /", cookie, "Host: localhost").status());
    assertEquals(403, RawClient.once(address, "POST /logout", cookie, "Origin: null").status());
    for (String origin : List.of("https://evil.com", "http://127.0.0.1:1", "http://x" + host)) {
      assertEquals(
          403, RawClient.post(address, "/login", "token=x", "Origin: " + origin).status(), origin);
    }
    for (String site : List.of("cross-site", "same-site")) {
      String field = "Sec-Fetch-Site: " + site;
      assertEquals(403, RawClient.once(address, "GET /stream", cookie, field).status());
      assertEquals(403, RawClient.once(address, "GET /api/session", cookie, field).status());
      assertEquals(403, RawClient.post(address, "/login", "token=x", field).status());
      assertEquals(
          200,
          RawClient.once(address, "GET /", cookie, field, "Sec-Fetch-Mode: navigate").status());
    }
    assertEquals(
        303,
        RawClient.post(address, "/login", "token=" + Consoles.TOKEN, "Origin: http://" + host)
            .status());
  }

  @Test
  void aChangeNeedsTheTokenOfItsSession() throws IOException {
    String cookie = Consoles.login(address);
    String other = csrf(Consoles.login(address));
    String path = "/api/services/s1/scale";
    String body = "{\"replicas\":3}";
    assertEquals(403, RawClient.post(address, path, body, cookie).status());
    assertEquals(403, RawClient.post(address, path, body, cookie, "X-Weir-CSRF: ").status());
    assertEquals(
        403, RawClient.post(address, path, body, cookie, "X-Weir-CSRF: " + other).status());
    Response done = RawClient.post(address, path, body, cookie, "X-Weir-CSRF: " + csrf(cookie));
    assertEquals("{\"scaled\":3,\"who\":\"operator from 127.0.0.1\"}", done.body());
    for (String wrong :
        List.of("{}", "{\"replicas\":-1}", "{\"replicas\":1.5}", "[", "{\"replicas\":10001}")) {
      Response refused =
          RawClient.post(address, path, wrong, cookie, "X-Weir-CSRF: " + csrf(cookie));
      assertEquals(400, refused.status(), wrong);
    }
  }

  private String csrf(String cookie) throws IOException {
    String body = RawClient.once(address, "GET /api/session", cookie).body();
    return body.replaceAll(".*\"csrf\":\"([^\"]+)\".*\n?", "$1");
  }
}
