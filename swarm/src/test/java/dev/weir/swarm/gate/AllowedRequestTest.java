package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which targets may pass, and as what.
final class AllowedRequestTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1.41/services", "/v1.52/tasks", "/v1.44/nodes", "/v1.41/networks/weir_web"})
  void aBalancerLists(String target) {
    assertThat(AllowedRequest.of(target, Set.of(Preset.BALANCE)))
        .hasValueSatisfying(one -> {
          assertThat("/v" + one.version() + one.path()).isEqualTo(target);
          assertThat(one.query()).isEmpty();
          assertThat(one.endless()).isFalse();
        });
    assertThat(AllowedRequest.of(target, Set.of(Preset.AGENT))).isEmpty();
  }

  @Test
  void filtersAreWrittenAnew() {
    String filters = "{ \"desired-state\":[\"running\"], \"service\":[\"a\",\"b\"] }";
    assertThat(balance("/v1.41/tasks?filters=" + encoded(filters)))
        .isEqualTo(
            Map.of("filters", "{\"desired-state\":[\"running\"],\"service\":[\"a\",\"b\"]}"));
  }

  @Test
  void eventsAreThoseOfServicesAndNodesAlone() {
    String both = "{\"type\":[\"service\",\"node\"]}";
    assertThat(balance("/v1.41/events?filters=" + encoded(both))).containsEntry("filters", both);
    for (String other :
        new String[] {
          "",
          "?filters={}",
          "?filters=" + encoded("{\"type\":[]}"),
          "?filters=" + encoded("{\"type\":[\"container\"]}"),
          "?filters=" + encoded("{\"type\":[\"service\",\"container\"]}"),
          "?filters=" + encoded("{\"type\":[\"service\"],\"type\":[\"container\"]}"),
          "?filters=" + encoded("{\"type\":{\"service\":true}}"),
          "?filters=" + encoded("{\"type\":[\"service\"],\"container\":[\"x\"]}"),
          "?since=0&filters=" + encoded(both),
        }) {
      assertThat(AllowedRequest.of("/v1.41/events" + other, Set.of(Preset.BALANCE)))
          .as(other)
          .isEmpty();
    }
  }

  @Test
  void anAgentSeesContainersAndNoStreamOfFigures() {
    Set<Preset> agent = Set.of(Preset.AGENT);
    assertThat(AllowedRequest.of("/v1.41/info", agent)).isPresent();
    assertThat(AllowedRequest.of("/v1.41/containers/json?all=1", agent)).isPresent();
    String stats = "/v1.41/containers/" + ID + "/stats";
    assertThat(AllowedRequest.of(stats + "?stream=false&one-shot=true", agent)).isPresent();
    assertThat(AllowedRequest.of(stats, agent)).isEmpty();
    assertThat(AllowedRequest.of(stats + "?stream=true", agent)).isEmpty();
    assertThat(AllowedRequest.of(stats + "?stream=false&stream=true", agent)).isEmpty();
    assertThat(AllowedRequest.of("/v1.41/containers/json?size=1", agent)).isEmpty();
  }

  @Test
  void aScalerSeesOneServiceTasksAndItsConfig() {
    Set<Preset> scale = Set.of(Preset.SCALE);
    String filters = encoded("{\"service\":[\"web\"]}");
    for (String target :
        new String[] {
          "/v1.41/services/weir_web",
          "/v1.41/services/" + ID,
          "/v1.41/configs/weir-scaler",
          "/v1.41/tasks",
          "/v1.41/tasks?filters=" + filters
        }) {
      assertThat(AllowedRequest.of(target, scale)).as(target).isPresent();
    }
    for (String target :
        new String[] {
          "/v1.41/services",
          "/v1.41/services/..",
          "/v1.41/services/web?insertDefaults=true",
          "/v1.41/services/web/logs",
          "/v1.41/configs",
          "/v1.41/configs/other",
          "/v1.41/configs/weir-scaler2",
          "/v1.41/configs/" + ID,
          "/v1.41/secrets/weir-scaler",
          "/v1.41/tasks/x",
          "/v1.41/nodes",
          "/v1.41/swarm",
          "/v1.41/info",
          "/v1.41/networks/web",
        }) {
      assertThat(AllowedRequest.of(target, scale)).as(target).isEmpty();
    }
  }

  private static Map<String, String> balance(String target) {
    return AllowedRequest.of(target, Set.of(Preset.BALANCE)).orElseThrow().query();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
