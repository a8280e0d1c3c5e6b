package dev.weir.load.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Schedule;
import dev.weir.base.UserError;
import dev.weir.load.http.Target;
import dev.weir.load.http.TlsSettings;
import dev.weir.load.record.LoadResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS against a server whose certificate is made for the test.
@Timeout(60)
class TlsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static Path authority = Path.of("");
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void makeCertificate() throws Exception {
    authority = folder.resolve("ca.pem");
    keytool(
        "-genkeypair -alias s -keyalg EC -dname CN=localhost -ext san=dns:localhost -storetype"
            + " PKCS12");
    keytool("-exportcert -rfc -alias s -file " + authority);
  }

  @Test
  void anAuthorityOfOnesOwnIsTrusted() throws Exception {
    try (ScriptedServer server = server()) {
      LoadResult result = load(server, new TlsSettings(false, Optional.of(authority)), true);
      assertThat(result.statuses()).isEqualTo(Map.of(200, 60L));
      assertThat(result.errors()).isEmpty();
    }
  }

  /// Java itself asks for no name without a dot.
  @Test
  void aNameWithoutADotIsAskedFor() throws Exception {
    try (ScriptedServer server = server()) {
      load(server, new TlsSettings(false, Optional.of(authority)), true);
      assertThat(asked).containsOnly("localhost");
    }
  }

  @Test
  void withoutKeepAliveToo() throws Exception {
    try (ScriptedServer server = server()) {
      LoadResult result = load(server, new TlsSettings(true, Optional.empty()), false);
      assertThat(result.statuses()).isEqualTo(Map.of(200, 60L));
    }
  }

  @Test
  void aStrangerIsRefusedBeforeTheRun() throws Exception {
    try (ScriptedServer server = server()) {
      assertThatThrownBy(() -> load(server, TlsSettings.DEFAULT, true))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--url: " + server.url())
          .hasMessageContaining("--cacert FILE, or --insecure");
    }
  }

  @Test
  void anAuthorityThatIsNoneIsNamed() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    try (ScriptedServer server = server()) {
      assertThatThrownBy(() -> load(server, new TlsSettings(false, Optional.of(empty)), true))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--cacert: " + empty);
    }
  }

  private ScriptedServer server() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new ScriptedServer(
        context.getServerSocketFactory(),
        (_, socket) -> {
          var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
          session.getRequestedServerNames().forEach(name -> asked.add(text(name)));
          ScriptedServer.say(socket, OK);
          return true;
        },
        true);
  }

  private static String text(SNIServerName name) {
    return new String(name.getEncoded(), StandardCharsets.UTF_8);
  }

  private static LoadResult load(ScriptedServer server, TlsSettings tls, boolean keepAlive)
      throws InterruptedException {
    Schedule schedule = Schedule.ofCount(new Constant(0.005), 60, 1);
    LoadSettings s = LoadSettings.of(Target.parse(server.url()), schedule);
    LoadRun run =
        LoadRun.prepare(
            new LoadSettings(
                s.target(), s.request(), schedule, s.timeout(), 64, keepAlive, tls, "X-A"),
            _ -> {});
    run.start();
    return run.await();
  }

  private static void keytool(String arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of("-storepass", PASSWORD, "-keystore", folder.resolve("keys.p12").toString()));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }
}
