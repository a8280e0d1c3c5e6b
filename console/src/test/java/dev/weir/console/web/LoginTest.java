package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.UserError;
import dev.weir.console.web.RawClient.Response;
import dev.weir.testing.FakeTicker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens, cookies, sessions and wrong tries.
final class LoginTest {
  @TempDir Path folder;

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherPages() throws IOException {
    try (var server = Consoles.withToken(folder, Consoles.hub(), false)) {
      Response response = RawClient.post(server.address(), "/login", "token=" + Consoles.TOKEN);
      String cookie = response.field("set-cookie").orElseThrow();
      assertEquals(303, response.status());
      assertTrue(cookie.contains("; HttpOnly; SameSite=Strict; "), cookie);
      assertFalse(cookie.contains(Consoles.TOKEN), cookie);
      assertFalse(cookie.contains("Secure"), "there is no TLS");
    }
  }

  @Test
  void logoutEndsTheSessionAndItsStream() throws IOException {
    try (var server = Consoles.withToken(folder, Consoles.hub(), false);
        var viewer = new RawClient(server.address())) {
      InetSocketAddress address = server.address();
      String cookie = Consoles.login(address);
      String other = Consoles.login(address);
      viewer.request("GET /stream", "", cookie);
      assertEquals(303, RawClient.once(address, "POST /logout", cookie).status());
      assertEquals(401, RawClient.once(address, "GET /", cookie).status());
      assertEquals(200, RawClient.once(address, "GET /", other).status());
      assertTrue(viewer.isClosedByServer());
    }
  }

  @Test
  void wrongTokensAreSlowedDown() throws IOException {
    var clock = new FakeTicker();
    var means = new Means(Consoles.files(), Limits.usual(), clock::nanos);
    ConsoleSettings settings =
        ConsoleSettings.loopback(0).withTokenFile(Consoles.tokenFile(folder, Consoles.TOKEN));
    try (var server =
        ConsoleServer.start(settings, Consoles.hub(), new Consoles.Answers(), means)) {
      InetSocketAddress address = server.address();
      for (int i = 0; i < LoginLimit.BURST; i++) {
        assertEquals(401, RawClient.post(address, "/login", "token=wrong" + i).status());
      }
      Response slowed = RawClient.post(address, "/login", "token=" + Consoles.TOKEN);
      assertEquals(429, slowed.status());
      assertTrue(slowed.field("retry-after").isPresent());
    }
  }

  @Test
  void timeForgivesWrongTokens() {
    var clock = new FakeTicker();
    var limit = new LoginLimit(clock::nanos);
    for (int i = 0; i < LoginLimit.BURST; i++) {
      assertFalse(limit.wait("a").isPositive());
      limit.failed("a");
    }
    assertTrue(limit.wait("a").isPositive());
    assertFalse(limit.wait("b").isPositive(), "another client");
    clock.advance(LoginLimit.PER_TRY);
    assertFalse(limit.wait("a").isPositive());
  }

  @Test
  void sessionsEnd() {
    var clock = new FakeTicker();
    var sessions = new Sessions(Map.of("ann", Consoles.TOKEN), clock::nanos);
    Optional<String> cookie = sessions.login(Consoles.TOKEN);
    Session session = sessions.find(cookie).orElseThrow();
    assertEquals("ann", session.name());
    assertTrue(sessions.isCurrent(session));
    clock.advance(Sessions.LIFE.plus(Duration.ofSeconds(1)));
    assertTrue(sessions.find(cookie).isEmpty());
    assertFalse(sessions.isCurrent(session));
    assertTrue(sessions.login("").isEmpty());
  }

  @Test
  void aMissingTokenFileIsMadeForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("new").resolve("token");
    Map<String, String> made = TokenFile.readOrMake(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(43, made.getOrDefault(TokenFile.DEFAULT_NAME, "").length());
    assertEquals(made, TokenFile.readOrMake(file));
  }

  @Test
  void aTokenFileThatOthersReadIsRefused() throws IOException {
    Path file = Consoles.tokenFile(folder, Consoles.TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    var error = assertThrows(UserError.class, () -> TokenFile.readOrMake(file));
    assertTrue(String.valueOf(error.getMessage()).contains("chmod 600"), error.getMessage());
  }

  @Test
  void tokensHaveNamesAndALeastLength() throws IOException {
    Path file = Consoles.tokenFile(folder, "ann:0123456789abcdef\n\nfedcba9876543210");
    assertEquals(
        Map.of("ann", "0123456789abcdef", "operator", "fedcba9876543210"),
        TokenFile.readOrMake(file));
    Files.writeString(file, "secret");
    var error = assertThrows(UserError.class, () -> TokenFile.readOrMake(file));
    assertFalse(String.valueOf(error.getMessage()).contains("secret"), "the token stays hidden");
  }

  @Test
  void othersCannotReachAConsoleWithoutAToken() {
    var loopback = ConsoleSettings.loopback(0);
    var all =
        new ConsoleSettings(
            "0.0.0.0", 0, Optional.empty(), false, Optional.empty(), loopback.names(), "");
    assertThrows(
        UserError.class, () -> Consoles.start(all, Consoles.hub(), new Consoles.Answers()));
  }
}
