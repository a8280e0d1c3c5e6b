package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.proxy.http.FuzzTargets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Sends every request of the public http-desync-guardian corpus through a real proxy to a replica
/// that records what arrives. The corpus is not ours and lies beside the project, if anywhere.
class WireCorpusTest {
  private static final Path ROOT =
      Path.of(System.getProperty("weir.root", ".")).toAbsolutePath().normalize();

  /// What is refused although the corpus lets it pass, and why: docs/decisions/031.
  private static final List<String> DEVIATIONS =
      List.of(
          "Empty URI", // RFC 9112, 3.2: a target has at least one character
          "Transfer-Encoding with a param: chunked;custom_param", // RFC 9112, 7.1: an error
          "TE with custom parameters OK",
          "No TE/CL headers, some others are non-compliant", // 5.1: MUST be refused
          "TE and some others are non-compliant",
          "CL and some others are non-compliant",
          "A non-essential header with a non-printable character (x01)", // no token
          "Some-Header\\x01",
          "\\x01Some-Header",
          "Some-Header: \\x01value", // RFC 9110, 5.5: control characters are invalid
          "Some-Header: value\\x01",
          "Non-RFC, but OK HTTP/0.9",
          "Empty version, which means HTTP/0.9",
          "Extra spaces in version",
          "[space] in URI");

  private final Map<String, int[]> table = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyTierIsTreatedAsItMustBe() throws IOException {
    Path corpus = corpus();
    assumeTrue(
        corpus != null,
        "no corpus at corpus/wire/desync-guardian beside the project: wire corpus skipped");
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        Stream<Path> files = Files.list(corpus)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        for (Object entry : cases(file)) {
          run((Map<?, ?>) entry, file.getFileName().toString(), replica, proxy);
        }
      }
    }
    table.forEach((tier, row) ->
        LoggerFactory.getLogger("corpus")
            .warn("{}: {} cases, {} passed, {} refused", tier, row[0] + row[1], row[0], row[1]));
    assertThat(wrong).isEmpty();
    assertThat(Objects.requireNonNull(table.get("Severe"))[0]).isZero();
  }

  private static @Nullable Path corpus() {
    for (Path base = ROOT; base != null; base = base.getParent()) {
      for (String place : List.of("shared/corpus/wire", "../shared/corpus/wire", "corpus/wire")) {
        Path found = base.resolve(place).resolve("desync-guardian");
        if (Files.isDirectory(found)) {
          return found;
        }
      }
    }
    return null;
  }

  private static List<?> cases(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    }
  }

  private void run(Map<?, ?> entry, String file, FakeReplica replica, ProxyServer proxy)
      throws IOException {
    String name = String.valueOf(entry.get("name"));
    String tier = String.valueOf(expected(entry).get("tier"));
    replica.heads().clear();
    replica.bodies().clear();
    String response;
    try (var client = Wire.to(proxy.address())) {
      response = client.send(request(entry)).rest();
    } catch (SocketTimeoutException e) {
      response = "no response";
    }
    boolean passed = response.startsWith("HTTP/1.1 200");
    boolean refused =
        response.matches("(?s)HTTP/1\\.1 (400|505) .*")
            && response.contains("Connection: close\r\n");
    table.computeIfAbsent(tier, t -> new int[2])[passed ? 0 : 1]++;
    boolean right =
        switch (tier) {
          case "Severe" -> response.startsWith("HTTP/1.1 400 ") && refused;
          case "Ambiguous" -> passed || refused;
          default -> DEVIATIONS.contains(name) ? refused : passed;
        };
    boolean clean = refused ? replica.heads().isEmpty() : isUnambiguous(replica);
    if (!right || !clean) {
      wrong.add("%s: %s (%s): %s".formatted(file, name, tier, response.lines().findFirst()));
    }
  }

  private static Map<?, ?> expected(Map<?, ?> entry) {
    return (Map<?, ?>) Objects.requireNonNull(entry.get("expected"));
  }

  /// Whether exactly one request arrived, framed in one plain way.
  private static boolean isUnambiguous(FakeReplica replica) {
    if (replica.heads().size() != 1) {
      return false;
    }
    String head = replica.heads().getFirst().toLowerCase(Locale.ROOT);
    int lengths = FuzzTargets.count(head, "\r\ncontent-length:");
    int codings = FuzzTargets.count(head, "\r\ntransfer-encoding:");
    String framing = "\r\n[^a-z:]*(content[^a-z:]*length|transfer[^a-z:]*encoding)[^a-z:]*:";
    int looksLike = FuzzTargets.count(head, framing);
    return lengths + codings <= 1 && looksLike == lengths + codings;
  }

  /// The request as its case describes it, with the Host that no case names, the body it announces,
  /// and the wish that the connection be closed.
  private static byte[] request(Map<?, ?> entry) {
    var head = new ByteArrayOutputStream();
    put(head, entry.get("method") + " " + entry.get("uri"));
    put(head, " " + entry.get("version") + "\r\n");
    boolean host = false;
    boolean chunked = false;
    int length = 0;
    for (Object object : entry.get("headers") instanceof List<?> list ? list : List.of()) {
      Map<?, ?> field = (Map<?, ?>) object;
      String name = String.valueOf(field.get("name"));
      String value = String.valueOf(field.get("value"));
      put(head, name + ": " + value + "\r\n");
      host |= name.equalsIgnoreCase("host");
      chunked |= name.equalsIgnoreCase("transfer-encoding") && value.contains("chunked");
      if (name.equalsIgnoreCase("content-length") && value.trim().matches("[0-9]{1,7}")) {
        length = Integer.parseInt(value.trim());
      }
    }
    put(head, (host ? "" : "Host: localhost\r\n") + "Connection: close\r\n\r\n");
    put(head, chunked ? "0\r\n\r\n" : "x".repeat(length));
    return head.toByteArray();
  }

  /// Escapes such as `\xA0` stand for single bytes; what YAML read as more than that is UTF-8.
  private static void put(ByteArrayOutputStream out, String text) {
    boolean bytes = text.chars().allMatch(c -> c < 0x100);
    out.writeBytes(text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
  }
}
