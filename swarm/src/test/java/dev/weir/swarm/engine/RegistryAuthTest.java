package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Credentials as the docker command keeps them.
class RegistryAuthTest {
  @TempDir private Path home;

  @Test
  void registriesAreReadFromTheImage() {
    assertThat(RegistryAuth.registry("nginx")).isEqualTo("https://index.docker.io/v1/");
    assertThat(RegistryAuth.registry("me/app:1")).isEqualTo("https://index.docker.io/v1/");
    assertThat(RegistryAuth.registry("ghcr.io/me/app")).isEqualTo("ghcr.io");
    assertThat(RegistryAuth.registry("localhost:5000/a")).isEqualTo("localhost:5000");
  }

  @Test
  void whatDockerLoginStoredIsSent() throws IOException {
    String pair = Base64.getEncoder().encodeToString("me:s:cret".getBytes(StandardCharsets.UTF_8));
    config("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"%s\"}}}".formatted(pair));
    assertThat(sent("nginx"))
        .isEqualTo(
            "{\"username\":\"me\",\"password\":\"s:cret\",\"serveraddress\":\"https://index.docker.io/v1/\"}");
    assertThat(sent("ghcr.io/a/b")).isEmpty();
  }

  @Test
  void aHelperIsAsked() throws IOException {
    Path helper = home.resolve("docker-credential-weirtest");
    Files.writeString(
        helper,
        """
        #!/bin/sh
        read r
        [ "$r" = ghcr.io ] || { echo credentials not found in native keychain; exit 1; }
        echo '{"ServerURL":"ghcr.io","Username":"<token>","Secret":"t0k"}'
        """);
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
    // A program is found by its path too, so the test needs no other PATH.
    config("{\"credsStore\":\"weirtest\"}");
    var found = CredentialHelper.ask(helper.toString(), "ghcr.io").orElseThrow();
    assertThat(found).hasToString("{\"identitytoken\":\"t0k\"}");
    assertThat(CredentialHelper.ask(helper.toString(), "other.io")).isEmpty();
  }

  private void config(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }

  private String sent(String image) {
    Map<String, String> headers = new RegistryAuth(Map.of(), home).headers(image);
    return new String(
        Base64.getUrlDecoder().decode(headers.getOrDefault(RegistryAuth.HEADER, "")),
        StandardCharsets.UTF_8);
  }
}
