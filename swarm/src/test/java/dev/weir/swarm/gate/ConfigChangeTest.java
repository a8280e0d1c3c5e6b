package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.swarm.scale.ScalerConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What may be made and changed of the scaler's config.
final class ConfigChangeTest {
  private static final int VALUE_BYTES_MAX = 512 << 10;

  /// Balancers and gates of different releases compare it.
  @Test
  void theConstantsStay() {
    assertThat(ScalerConfig.NAME).isEqualTo("weir-scaler");
    assertThat(Base64.getDecoder().decode(ScalerConfig.encodedData()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "Weir's balancers agree through the labels of this config which of them sets the number of"
                + " replicas. It may be removed when no balancer runs.\n");
  }

  @Test
  void theConfigIsMadeWithLabels() throws Exception {
    ObjectNode posted = changed(labels -> labels.put("weir.leader", "n1 until 12:00"));
    assertThat(ConfigChange.created(posted)).isEqualTo(posted);
  }

  @Test
  void itsLabelsChange() throws Exception {
    ObjectNode present = changed(labels -> labels.put("weir.leader", "n1"));
    ObjectNode posted = changed(labels -> labels.put("weir.other", "ä"));
    assertThat(ConfigChange.updated(present, posted)).isEqualTo(posted);
    assertThat(ConfigChange.updated(present.putNull("Labels"), posted)).isEqualTo(posted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Name\":\"other\"}",
        "{\"Name\":\"Weir-scaler\"}",
        "{\"Data\":\"aGVsbG8=\"}",
        "{\"Data\":null}",
        "{\"Templating\":{\"Name\":\"golang\"}}",
        "{\"name\":\"other\"}",
      })
  void nothingElseIsMadeOrChanged(String difference) {
    ObjectNode posted = config();
    JsonMapper.shared()
        .readTree(difference)
        .properties()
        .forEach(field -> posted.set(field.getKey(), field.getValue()));
    assertThatThrownBy(() -> ConfigChange.created(posted))
        .isInstanceOf(ForbiddenException.class)
        .hasMessage("only the config weir-scaler with its own data is made here");
    assertThatThrownBy(() -> ConfigChange.updated(config(), posted))
        .isInstanceOf(ForbiddenException.class)
        .hasMessage(
            "the spec differs from the present one of the config weir-scaler; only its labels may");
  }

  @Test
  void labelsAreBounded() throws Exception {
    ObjectNode most =
        changed(labels ->
            IntStream.range(0, 4096)
                .forEach(i -> labels.put("weir." + i, i == 0 ? "x".repeat(VALUE_BYTES_MAX) : "")));
    assertThat(ConfigChange.created(most)).isEqualTo(most);
    most.withObject("Labels").put("weir.more", "");
    assertRefused(most, "the config weir-scaler has no labels, or more than 4096");
    for (String value : new String[] {"x".repeat(VALUE_BYTES_MAX + 1), "ä".repeat(300_000)}) {
      assertRefused(changed(labels -> labels.put("weir.a", value)), "at most 512 KiB");
    }
    assertRefused(config().putNull("Labels"), "has no labels");
    assertRefused(changed(labels -> labels.put("weir.a", 3)), "with a text");
    assertRefused(changed(labels -> labels.putNull("weir.a")), "with a text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "weir", "weir.", "Weir.a", "xweir.a", "com.docker.x", "weir.a b", "weir.\n"})
  void otherKeysAreRefused(String key) {
    assertRefused(changed(labels -> labels.put(key, "x")), "is not weir.NAME");
    assertRefused(changed(labels -> labels.put("weir." + "x".repeat(201), "x")), "not weir.NAME");
  }

  private static void assertRefused(ObjectNode posted, String why) {
    assertThatThrownBy(() -> ConfigChange.created(posted))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> ConfigChange.updated(config(), posted))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining(why);
  }

  private static ObjectNode changed(Consumer<ObjectNode> change) {
    ObjectNode config = config();
    change.accept(config.withObject("Labels"));
    return config;
  }

  private static ObjectNode config() {
    ObjectNode config =
        JsonNodeFactory.instance
            .objectNode()
            .put("Name", "weir-scaler")
            .put("Data", ScalerConfig.encodedData());
    config.putObject("Labels");
    return config;
  }
}
