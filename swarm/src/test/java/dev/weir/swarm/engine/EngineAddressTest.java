package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Addresses as the docker command finds them.
class EngineAddressTest {
  /// SHA-256 of `lab`, which is how the docker command names the folder of a context.
  private static final String LAB =
      "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";

  @TempDir private Path home;

  @Test
  void readsWhatDockerReads() {
    assertThat(EngineAddress.parse("unix:///run/x.sock")).hasToString("unix:///run/x.sock");
    assertThat(EngineAddress.parse("tcp://h:1")).hasToString("tcp://h:1");
    assertThat(EngineAddress.parse("h")).hasToString("tcp://h:2375");
    assertThat(EngineAddress.parse("tcp://[::1]:4/")).hasToString("tcp://[::1]:4");
    for (String wrong : new String[] {"npipe:////./pipe/x", "unix://rel", "tcp://h:99999", "a b"}) {
      assertThatThrownBy(() -> EngineAddress.parse(wrong))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(wrong);
    }
  }

  @Test
  void readsMachinesBehindSsh() {
    assertThat(EngineAddress.parse("ssh://me@box:2222")).hasToString("ssh://me@box:2222");
    assertThat(EngineAddress.parse("ssh://box/")).hasToString("ssh://box");
    assertThat(EngineAddress.parse("SSH://[::1]:22/run/x.sock"))
        .hasToString("ssh://[::1]:22/run/x.sock");
    assertThat(EngineAddress.resolve(Map.of("DOCKER_HOST", "ssh://box"), home))
        .hasToString("ssh://box");
    for (String wrong : new String[] {"ssh://", "ssh://-oX=y", "ssh://box:99999", "ssh://a b"}) {
      assertThatThrownBy(() -> EngineAddress.parse(wrong))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("ssh://USER@HOST");
    }
    assertThatThrownBy(() -> EngineAddress.parse("ssh://me:s3cr3t@box"))
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain("s3cr3t");
  }

  @Test
  void withoutAnythingItIsTheUsualSocket() {
    assertThat(EngineAddress.resolve(Map.of(), home)).isEqualTo(EngineAddress.DEFAULT);
    assertThat(EngineAddress.resolve(Map.of("DOCKER_HOST", ""), home))
        .isEqualTo(EngineAddress.DEFAULT);
  }

  @Test
  void hostBeatsContext() throws IOException {
    context("lab", "tcp://10.0.0.9:2376", "false");
    Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"lab\"}");
    assertThat(EngineAddress.resolve(Map.of(), home)).hasToString("tcp://10.0.0.9:2376");
    assertThat(EngineAddress.resolve(Map.of("DOCKER_CONTEXT", "default"), home))
        .isEqualTo(EngineAddress.DEFAULT);
    var both = Map.of("DOCKER_HOST", "unix:///x", "DOCKER_CONTEXT", "lab");
    assertThat(EngineAddress.resolve(both, home)).hasToString("unix:///x");
    assertThatThrownBy(() -> EngineAddress.resolve(Map.of("DOCKER_CONTEXT", "nope"), home))
        .hasMessage("DOCKER_CONTEXT: nope (expected: a context that 'docker context ls' lists)");
  }

  @Test
  void certificatesAreThoseOfTheEnvironmentOrTheContext() throws IOException {
    Path certificates = Files.createDirectories(home.resolve("certs"));
    Files.writeString(certificates.resolve("ca.pem"), "x");
    var environment =
        Map.of(
            "DOCKER_HOST", "tcp://h",
            "DOCKER_TLS_VERIFY", "1",
            "DOCKER_CERT_PATH", certificates.toString());
    assertThat(EngineAddress.resolve(environment, home))
        .isEqualTo(
            new EngineAddress.Tcp(
                "h",
                2376,
                Optional.of(
                    new TlsFiles(
                        Optional.of(certificates.resolve("ca.pem")),
                        Optional.empty(),
                        Optional.empty(),
                        true))));
    context("lab", "tcp://h:1", "true");
    EngineAddress skipping = EngineAddress.ofContext("lab", Map.of(), home);
    assertThat(((EngineAddress.Tcp) skipping).tls().orElseThrow().verify()).isFalse();
    var nowhere = Map.of("DOCKER_HOST", "tcp://h", "DOCKER_TLS_VERIFY", "1");
    assertThatThrownBy(() -> EngineAddress.resolve(nowhere, home))
        .hasMessageContaining("DOCKER_CERT_PATH: " + home.resolve(".docker"));
  }

  private void context(String name, String host, String skip) throws IOException {
    assertThat(name).isEqualTo("lab");
    Path meta = home.resolve(".docker/contexts/meta").resolve(LAB);
    Files.createDirectories(meta);
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\"lab\",\"Endpoints\":{\"docker\":{\"Host\":\"%s\",\"SkipTLSVerify\":%s}}}"
            .formatted(host, skip));
  }
}
