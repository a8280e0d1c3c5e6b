package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which targets may change something.
final class AllowedWriteTest {
  @Test
  void aCountIsUpdatedWithAVersionAndTheCredentialsOfTheSpec() {
    var update = new AllowedWrite.CountUpdate("weir_web", 120);
    assertThat(AllowedWrite.of("/v1.41/services/weir_web/update?version=120&registryAuthFrom=spec"))
        .contains(update);
    assertThat(AllowedWrite.of("/v1.41/services/weir_web/update?registryAuthFrom=spec&version=120"))
        .contains(update);
  }

  @Test
  void theConfigIsMadeAndUpdated() {
    assertThat(AllowedWrite.of("/v1.52/configs/create")).contains(new AllowedWrite.ConfigCreate());
    assertThat(AllowedWrite.of("/v1.52/configs/weir-scaler/update?version=0"))
        .contains(new AllowedWrite.ConfigUpdate("weir-scaler", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.41/services/web/update",
        "/v1.41/services/web/update?version=1",
        "/v1.41/services/web/update?registryAuthFrom=spec",
        "/v1.41/services/web/update?version=1&registryAuthFrom=previous-spec",
        "/v1.41/services/web/update?version=1&registryAuthFrom=spec&rollback=previous",
        "/v1.41/services/web/update?version=1&version=2&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=1&registryAuthFrom=spec&version=2",
        "/v1.41/services/web/update?version=-1&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=01&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=%31&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=1e3&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=1234567890123456789&registryAuthFrom=spec",
        "/v1.41/services/web/update?Version=1&registryAuthFrom=spec",
        "/v1.41/services/web/update?version=1&registryAuthFrom=spec&",
        "/v1.41/services/web/update/?version=1&registryAuthFrom=spec",
        "/v1.41/services/../update?version=1&registryAuthFrom=spec",
        "/v1.41/services/a/b/update?version=1&registryAuthFrom=spec",
        "/v1.41/services/a%2fb/update?version=1&registryAuthFrom=spec",
        "/v1.41/services//update?version=1&registryAuthFrom=spec",
        "/services/web/update?version=1&registryAuthFrom=spec",
        "/v2.41/services/web/update?version=1&registryAuthFrom=spec",
        "/v1.041/services/web/update?version=1&registryAuthFrom=spec",
        "/v1.41/v1.41/services/web/update?version=1&registryAuthFrom=spec",
        "/v1.41/services/create",
        "/v1.41/secrets/create",
        "/v1.41/swarm/update?version=1&registryAuthFrom=spec",
        "/v1.41/nodes/n/update?version=1",
        "/v1.41/secrets/x/update?version=1",
        "/v1.41/configs/create?version=1",
        "/v1.41/configs/create/",
        "/v1.41/configs/x/update",
        "/v1.41/configs/x/update?version=1&registryAuthFrom=spec",
        "/v1.41/configs/../update?version=1",
      })
  void allElseChangesNothing(String target) {
    assertThat(AllowedWrite.of(target)).isEmpty();
  }
}
