package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.cli.option.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Plants secrets in commands and looks for them in all that these leave: the short form of
/// `bench/secrets`.
@Timeout(120)
class SecretScanTest {
  private static final String SECRET = "s3cr3t";
  private static final String USER =
      Base64.getEncoder().encodeToString("user:s3cr3t".getBytes(StandardCharsets.UTF_8));

  private static final List<String> HEADERS =
      List.of("Authorization", "X-Auth-Token", "Api-Key", "PRIVATE-TOKEN", "X-Vault-Token", "X-Y");

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new ArrayList<>();
  private final HttpServer server;

  SecretScanTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aLoadAndAllThatIsMadeOfItHoldNoSecret() throws IOException {
    assertThat(weir(load("load", "--out", path("run")))).isIn(ExitCode.OK, ExitCode.VOID);
    assertThat(weir("report", path("run"))).isEqualTo(ExitCode.OK);
    assertThat(weir("runs", "show", path("run"))).isEqualTo(ExitCode.OK);
    assertThat(weir("runs", "ls", "--json", "--runs", path(""))).isEqualTo(ExitCode.OK);
    assertThat(leaks()).isEmpty();
    assertThat(Files.readString(folder.resolve("run/run.json")))
        .contains("X-Vault-Token: ***", "?token=***", "***@127.0.0.1", "--keep-values");
    assertThat(notPrivate(folder.resolve("run"))).isEmpty();
  }

  @Test
  void aBenchWithADatabaseThatIsAwayHoldsNone() throws IOException {
    weir(
        load(
            "bench",
            "--out",
            path("run"),
            "--api-url",
            "http://user:s3cr3t@127.0.0.1:1/?key=s3cr3t",
            "--cadence",
            "100ms"));
    assertThat(folder.resolve("run/report.html")).isNotEmptyFile();
    assertThat(leaks()).isEmpty();
    assertThat(notPrivate(folder.resolve("run"))).isEmpty();
  }

  @Test
  void whatIsRefusedIsNotRepeated() throws IOException {
    weir("load", "--debug", "--url", "ftp://user:s3cr3t@h/?s3cr3t", "--lambda", "1");
    weir("load", "--debug", "--url", "http://user:s3cr3t@h :1/?s3cr3t", "--lambda", "1");
    weir("load", "--url", "http://user:s3cr3t@127.0.0.1:1/?sig=s3cr3t", "--lambda", "1");
    weir("load", "--url", url(), "--lambda", "1", "-H", SECRET);
    weir("load", "--url", url(), "--lambda", "1", "-Hs3cr3t", "--body", SECRET, "--body", SECRET);
    weir("load", "--url", "-HAuthorization:s3cr3t");
    weir("report", "-HAuthorization:s3cr3t");
    weir("http://user:s3cr3t@h/?s3cr3t");
    weir("runs", "ls", "--debug", "--mongo-uri", "mongodb://weir:s3cr3t@h:x/d?y=s3cr3t");
    weir("runs", "ls", "--mongo-uri", "mongodb://weir:s3cr3t");
    weir("top", "--once", "--agent", "ftp://user:s3cr3t@h");
    weir("compare", "--service", "web", "--status-url", "http://user:s3cr3t@h /");
    weir("bench", "--debug", "--lambda", "1", "--api-url", "http://user:s3cr3t@:1");
    weir("runs", "ls", "--mongo-client", "weir:s3cr3t", "--database", "d");
    weir("stack", "ls", "--host", "ssh://user:s3cr3t@h");
    weir("stack", "ls", "--host", "tcp://user:s3cr3t@h:1");
    assertThat(leaks()).isEmpty();
    assertThat(said).allMatch(text -> !text.isBlank());
  }

  /// The other direction: the scan finds what is there.
  @Test
  void whatIsToBeKeptIsFound() throws IOException {
    weir(load("load", "--out", path("run"), "--keep-values"));
    assertThat(leaks()).anyMatch(leak -> leak.endsWith("run.json"));
    assertThat(leaks()).contains("said");
  }

  private String[] load(String command, String... further) {
    var words =
        new ArrayList<>(
            List.of(command, "--url", url(), "--lambda", "200", "--iter", "5", "--body=s3cr3t"));
    for (int i = 0; i < HEADERS.size(); i++) {
      String line = HEADERS.get(i) + ": s3cr3t";
      words.addAll(i % 2 == 0 ? List.of("-H" + line) : List.of("--header", line));
    }
    words.addAll(List.of(further));
    return words.toArray(String[]::new);
  }

  private String url() {
    return "http://user:s3cr3t@127.0.0.1:%d/p;k=s3cr3t?token=s3cr3t&s3cr3t"
        .formatted(server.getAddress().getPort());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int weir(String... words) {
    Ran ran = Ran.weir(words);
    said.add(ran.out() + ran.err());
    return ran.code();
  }

  /// The files that hold a secret, and "said" if something printed does.
  private List<String> leaks() throws IOException {
    var leaks = new ArrayList<String>();
    for (Path file : files(folder)) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (text.contains(SECRET) || text.contains(USER)) {
        leaks.add(file.toString());
      }
    }
    said.stream()
        .filter(text -> text.contains(SECRET) || text.contains(USER))
        .findFirst()
        .ifPresent(_ -> leaks.add("said"));
    return leaks;
  }

  private static List<Path> notPrivate(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> !permissions(path).endsWith("------")).toList();
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
