package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.swarm.engine.EngineException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS both ways, with the files that docker's guide has one make.
@Timeout(60)
class EngineTlsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca-key.pem -out ca.pem");
    Files.writeString(folder.resolve("san"), "subjectAltName=DNS:localhost\n");
    certificate("server", "genrsa -out server-key.pem 2048");
    certificate("rsa", "genrsa -traditional -out rsa-key.pem 2048");
    certificate("ec", "ecparam -name prime256v1 -genkey -noout -out ec-key.pem");
    certificate("pkcs8", "genpkey -algorithm ed25519 -out pkcs8-key.pem");
  }

  @Test
  void keysOfEveryKindOpenTheDoor() throws Exception {
    for (String name : List.of("rsa", "ec", "pkcs8")) {
      try (var fake = fake(files(name, true));
          var engine = Engine.connect(fake.address())) {
        assertThat(engine.get("/nodes").isArray()).as(name).isTrue();
      }
    }
  }

  @Test
  void withoutACertificateTheDoorStaysShut() throws Exception {
    var nobody =
        new TlsFiles(
            Optional.of(folder.resolve("ca.pem")), Optional.empty(), Optional.empty(), true);
    try (var fake = fake(nobody)) {
      assertThatThrownBy(() -> Engine.connect(fake.address()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("DOCKER_CERT_PATH");
    }
  }

  @Test
  void aStrangerIsRefusedUnlessNobodyLooks() throws Exception {
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -keyout x.pem -out other.pem");
    TlsFiles good = files("rsa", true);
    var other =
        new TlsFiles(
            Optional.of(folder.resolve("other.pem")), good.certificate(), good.key(), true);
    try (var fake = fake(other)) {
      assertThatThrownBy(() -> Engine.connect(fake.address()))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.TLS);
                assertThat(e.getMessage()).contains("ca.pem").doesNotContain("\n");
              });
    }
    try (var fake = fake(files("rsa", false));
        var engine = Engine.connect(fake.address())) {
      assertThat(engine.apiVersion()).isEqualTo("1.41");
    }
  }

  @Test
  void plainTextAtAPortOfTlsIsSaid() throws Exception {
    try (var fake = fake(files("rsa", true))) {
      var tls = (EngineAddress.Tcp) fake.address();
      var plain = new EngineAddress.Tcp(tls.host(), tls.port(), Optional.empty());
      assertThatThrownBy(() -> Engine.connect(plain)).isInstanceOf(EngineException.class);
    }
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var fake = FakeEngine.overTcp(server, Optional.of(files("rsa", true)), (_, _) -> {})) {
      assertThatThrownBy(() -> Engine.connect(fake.address()))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TLS));
    }
  }

  private static FakeEngine fake(TlsFiles client) throws IOException {
    ClientTls server = ClientTls.of(files("server", true));
    return FakeEngine.overTls(server.context(), client, (_, response) -> response.json(200, "[]"));
  }

  private static TlsFiles files(String name, boolean verify) {
    return new TlsFiles(
        Optional.of(folder.resolve("ca.pem")),
        Optional.of(folder.resolve(name + ".pem")),
        Optional.of(folder.resolve(name + "-key.pem")),
        verify);
  }

  private static void certificate(String name, String key) throws Exception {
    openssl(key);
    openssl("req -new -subj /CN=%1$s -key %1$s-key.pem -out %1$s.csr".formatted(name));
    openssl(
        "x509 -req -days 2 -in %1$s.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile san -out %1$s.pem"
            .formatted(name));
  }

  private static void openssl(String arguments) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl here");
    var command = new java.util.ArrayList<>(List.of("/usr/bin/openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(arguments + Files.readString(folder.resolve("openssl.log")))
        .isZero();
  }
}
