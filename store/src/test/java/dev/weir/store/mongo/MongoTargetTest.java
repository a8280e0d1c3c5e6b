package dev.weir.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What names a database, and what does not.
final class MongoTargetTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aClientIsAHostAndThePortOfTheStacks() {
    assertThat(MongoTarget.ofClient("localhost", "d").servers()).isEqualTo("localhost:3306");
    assertThat(MongoTarget.ofClient("10.0.0.1:27017", "d"))
        .hasToString("MongoDB at 10.0.0.1:27017, database d");
    assertThat(MongoTarget.ofClient("[::1]:27017", "d").servers()).contains("::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "h:0", "h:70000", "mongodb://h", "u:p@h", "h:x"})
  void otherClientsAreRefused(String client) {
    assertThatThrownBy(() -> MongoTarget.ofClient(client, "d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("--mongo-client: .*\\(expected: HOST or HOST:PORT.*");
  }

  @Test
  void anAddressMayNameTheDatabase() {
    String uri = "mongodb://weir:secret@a:1,b:2/lab?authSource=admin&tls=true";
    assertThat(MongoTarget.ofUri(uri, Optional.empty()))
        .hasToString("MongoDB at a:1,b:2, database lab");
    assertThat(MongoTarget.ofUri(uri, Optional.of("x")).database()).isEqualTo("x");
    assertThatThrownBy(() -> MongoTarget.ofUri("mongodb://a", Optional.empty()))
        .hasMessage("--database: missing (expected: the name of a database)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://weir:sec/ret@host",
        "mongodb://weir:sec@ret@host",
        "mongodb://weir:secret@host:port",
        "http://weir:secret@host",
        "mongodb://weir:secret%@host",
        "mongodb://weir:x@host:port/lab?tlsCertificateKeyFilePassword=secret",
        "mongodb://weir:secret@"
      })
  void aPasswordIsNeverShown(String uri) {
    assertThatThrownBy(() -> MongoTarget.ofUri(uri, Optional.of("d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--mongo-uri: ***@")
        .message()
        .doesNotContain("sec");
  }

  @Test
  void anAddressWithoutAHostShowsNoPasswordEither() {
    assertThatThrownBy(() -> MongoTarget.ofUri("mongodb://weir:secret", Optional.of("d")))
        .hasMessageStartingWith("--mongo-uri: mongodb://***")
        .message()
        .doesNotContain("sec");
    assertThatThrownBy(() -> MongoTarget.ofClient("weir:secret", "d"))
        .hasMessageStartingWith("--mongo-client: ***");
  }

  /// The driver ignores unknown options, which must not happen to the private CA.
  @Test
  void theAuthorityOfAConnectionStringHasToBeThere() throws IOException {
    String uri = "mongodb://weir:secret@h/lab?tls=true&tlscafile=%s";
    assertThatThrownBy(() -> MongoTarget.ofUri(uri.formatted("/nowhere/ca.pem"), Optional.empty()))
        .hasMessageStartingWith("--mongo-uri: tlsCAFile=/nowhere/ca.pem (expected: a file of")
        .message()
        .doesNotContain("secret");
    Path empty = Files.createFile(folder.resolve("a b.pem"));
    String escaped = empty.toString().replace(" ", "%20");
    assertThatThrownBy(() -> MongoTarget.ofUri(uri.formatted(escaped), Optional.empty()))
        .hasMessageContaining(
            "a b.pem (expected: a file of certificates in PEM form; it holds none)");
    assertThatThrownBy(() ->
            MongoTarget.ofUri("mongodb://h/lab?tlsCertificateKeyFile=k.pem", Optional.empty()))
        .hasMessageStartingWith("--mongo-uri: tlsCertificateKeyFile (expected: a user and a")
        .hasMessageContaining("keyStore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a/b", "$a", "admin", "local"})
  void otherDatabasesAreRefused(String database) {
    assertThatThrownBy(() -> MongoTarget.ofClient("localhost", database))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--database: ");
  }
}
