package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.UserError;
import dev.weir.tls.PrivateCa;
import dev.weir.tls.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console with a certificate.
final class TlsTest {
  @TempDir Path folder;

  @Test
  void theLoginWorksAndTheCookieStaysOnTls() throws IOException {
    PrivateCa.Certificates made =
        PrivateCa.issue("localhost", "nobody", Instant.now(), Duration.ofDays(1));
    var files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    Files.writeString(files.certificate(), made.server());
    Files.writeString(files.key(), made.serverKey());
    ConsoleSettings settings =
        ConsoleSettings.loopback(0)
            .withTokenFile(Consoles.tokenFile(folder, Consoles.TOKEN))
            .withTls(files);
    try (var server = Consoles.start(settings, Consoles.hub(), new Consoles.Answers())) {
      String response = post(server, "token=" + Consoles.TOKEN);
      assertTrue(response.startsWith("HTTP/1.1 303 "), response);
      assertTrue(response.contains("__Host-weir-console-"), response);
      assertTrue(response.contains("; Secure"), response);
      try (var plain = new RawClient(server.address())) {
        plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(plain.isClosedByServer());
      }
    }
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("cert.pem"), "none");
    ConsoleSettings settings = ConsoleSettings.loopback(0).withTls(new TlsFiles(file, file));
    var error =
        assertThrows(
            UserError.class,
            () -> Consoles.start(settings, Consoles.hub(), new Consoles.Answers()));
    assertTrue(String.valueOf(error.getMessage()).contains(file.toString()), error.getMessage());
  }

  private static String post(ConsoleServer server, String body) throws IOException {
    SSLContext trusting = TlsContexts.of(null, TlsContexts.trustingAll());
    var address = server.address();
    try (var socket =
        trusting.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      String request =
          "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
