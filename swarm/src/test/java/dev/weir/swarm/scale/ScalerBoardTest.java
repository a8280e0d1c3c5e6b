package dev.weir.swarm.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How old the board is, by the manager's clock.
final class ScalerBoardTest {
  @TempDir private Path folder;

  @Test
  void theAgeIsTakenFromTheManagersClock() throws Exception {
    assertThat(age(200, "2026-11-28T10:00:00.5Z", "2026-11-28T11:03:02.75+01:00"))
        .contains(Duration.ofMillis(182_250));
  }

  @Test
  void noBoardAndNoTimeHaveNoAge() throws Exception {
    assertThat(age(404, "", "2026-11-28T10:00:00Z")).isEmpty();
    assertThat(age(200, "", "2026-11-28T10:00:00Z")).isEmpty();
  }

  private Optional<Duration> age(int status, String written, String now) throws Exception {
    FakeEngine.Handler manager =
        (request, response) -> {
          switch (request.path()) {
            case "/info" -> response.json(200, "{\"SystemTime\":\"%s\"}".formatted(now));
            default -> response.json(status, "{\"UpdatedAt\":\"%s\"}".formatted(written));
          }
        };
    try (var fake = FakeEngine.at(folder.resolve("s" + written.length()), manager);
        Engine engine = Engine.connect(fake.address())) {
      return ScalerBoard.age(engine);
    }
  }
}
