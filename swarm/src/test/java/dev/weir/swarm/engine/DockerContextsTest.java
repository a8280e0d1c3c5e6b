package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contexts as the docker command keeps them.
class DockerContextsTest {
  @TempDir private Path home;

  @Test
  void aContextIsReadAsItWasWritten() {
    var contexts = new DockerContexts(Map.of(), home);
    Path file = contexts.write("lab", "ssh://me@box", "Cluster lab");
    assertThat(file)
        .isEqualTo(
            home.resolve(
                ".docker/contexts/meta/a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7/meta.json"));
    assertThat(file)
        .hasContent(
            "{\"Name\":\"lab\",\"Metadata\":{\"Description\":\"Cluster lab\"},"
                + "\"Endpoints\":{\"docker\":{\"Host\":\"ssh://me@box\",\"SkipTLSVerify\":false}}}");
    assertThat(EngineAddress.ofContext("lab", Map.of(), home)).hasToString("ssh://me@box");
    contexts.write("lab", "ssh://me@other", "Cluster lab");
    assertThat(EngineAddress.ofContext("lab", Map.of(), home)).hasToString("ssh://me@other");
    assertThat(contexts.remove("lab")).isTrue();
    assertThat(contexts.remove("lab")).isFalse();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void theContextInUseStays() throws IOException {
    var contexts = new DockerContexts(Map.of(), home);
    Path file = contexts.write("lab", "ssh://me@box", "Cluster lab");
    Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"lab\"}");
    assertThatThrownBy(() -> contexts.remove("lab"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("docker context use default");
    assertThat(file).exists();
  }
}
