package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a console may read and change.
final class ConsoleChangeTest {
  private static final String SPEC =
      """
      {"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"a:1"},"ForceUpdate":3},
       "Mode":{"Replicated":{"Replicas":2}}}
      """;

  private static ObjectNode read(String spec) {
    return (ObjectNode) JsonMapper.shared().readTree(spec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Replicas\":0", "\"Replicas\":10000", "\"Replicas\":2"})
  void theCountMayChange(String count) throws ForbiddenException {
    ObjectNode posted = read(SPEC.replace("\"Replicas\":2", count));
    assertThat(ConsoleChange.of(read(SPEC)).next(posted)).isEqualTo(posted);
  }

  @Test
  void tasksMayBeReplacedOnce() throws ForbiddenException {
    ObjectNode posted = read(SPEC.replace("\"ForceUpdate\":3", "\"ForceUpdate\":4"));
    assertThat(ConsoleChange.of(read(SPEC)).next(posted)).isEqualTo(posted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Replicas\":2 -> \"Replicas\":10001",
        "\"Replicas\":2 -> \"Replicas\":-1",
        "\"Replicas\":2 -> \"Replicas\":\"9\"",
        "\"ForceUpdate\":3 -> \"ForceUpdate\":5",
        "\"ForceUpdate\":3 -> \"ForceUpdate\":2",
        "a:1 -> b:1",
        "\"Name\":\"web\" -> \"Name\":\"web\",\"Labels\":{\"a\":\"b\"}",
        "\"Image\" -> \"Env\":[\"A=b\"],\"Image\"",
      })
  void nothingElseMay(String change) throws ForbiddenException {
    String[] sides = change.split(" -> ", 2);
    ConsoleChange console = ConsoleChange.of(read(SPEC));
    ObjectNode posted = read(SPEC.replace(sides[0], sides[1]));
    assertThatThrownBy(() -> console.next(posted)).isInstanceOf(ForbiddenException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.44/services",
        "/v1.44/services/web",
        "/v1.44/tasks",
        "/v1.44/nodes",
        "/v1.44/info",
        "/v1.44/configs/weir-scaler",
        "/v1.44/tasks/abc123/logs?stdout=true&stderr=true&timestamps=true&tail=200",
      })
  void aConsoleReads(String target) {
    assertThat(AllowedRequest.of(target, Set.of(Preset.CONSOLE))).isPresent();
    assertThat(AllowedRequest.of(target, Set.of(Preset.AGENT)).isPresent())
        .isEqualTo(target.endsWith("/info"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.44/swarm",
        "/v1.44/secrets",
        "/v1.44/configs/other",
        "/v1.44/containers/json",
        "/v1.44/services/web/logs?stdout=true",
        "/v1.44/tasks/abc123/logs?stdout=true&follow=true",
        "/v1.44/tasks/abc123/logs?tail=all",
        "/v1.44/tasks/abc123/logs?tail=99999",
      })
  void aConsoleReadsNothingElse(String target) {
    assertThat(AllowedRequest.of(target, Set.of(Preset.CONSOLE, Preset.CONSOLE_WRITE))).isEmpty();
  }

  @Test
  void presetsAreKnownByTheirLabels() {
    for (Preset preset : Preset.values()) {
      assertThat(Preset.of(preset.label())).contains(preset);
    }
    assertThat(Preset.of("console-write")).contains(Preset.CONSOLE_WRITE);
    assertThat(Preset.of("all")).isEmpty();
  }
}
