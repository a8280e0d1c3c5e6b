package dev.weir.swarm.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON of clients, read strictly.
final class PostedJsonTest {
  @Test
  void anObjectIsRead() throws Exception {
    assertThat((Object) PostedJson.object(" {\"a\":[1,{\"b\":null}]} \n"))
        .hasToString("{\"a\":[1,{\"b\":null}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "3",
        "null",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{}{}",
        "{} x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":1} // comment",
        "\ufeff{}",
        "{\"a\":\"\t\"}",
      })
  void whatCanBeReadInTwoWaysIsRefused(String body) {
    assertRefused(body);
  }

  @Test
  void depthAndValuesAreBounded() {
    assertRefused("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}");
    assertRefused("{\"a\":[0" + ",0".repeat(200_000) + "]}");
  }

  private static void assertRefused(String body) {
    assertThatThrownBy(() -> PostedJson.object(body))
        .isInstanceOf(ForbiddenException.class)
        .hasMessageStartingWith("the body is no JSON object");
  }
}
