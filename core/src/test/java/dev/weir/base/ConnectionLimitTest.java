package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Which connection goes when there are too many.
final class ConnectionLimitTest {
  private final ConnectionLimit<String> limit = new ConnectionLimit<>(4, 3);

  @Test
  void theOldestWithoutARequestGoesFirst() {
    assertThat(limit.add("a1", "a")).isEmpty();
    limit.requested("a1");
    assertThat(limit.add("a2", "a")).isEmpty();
    assertThat(limit.add("a3", "a")).isEmpty();
    assertThat(limit.add("a4", "a")).contains("a2");
    limit.requested("a3");
    limit.requested("a4");
    assertThat(limit.add("a5", "a")).contains("a1");
    assertThat(limit.size()).isEqualTo(3);
  }

  @Test
  void anyoneHoldsTheMostGivesOneUp() {
    limit.add("a1", "a");
    limit.add("a2", "a");
    limit.add("a3", "a");
    limit.requested("a1");
    limit.requested("a2");
    limit.requested("a3");
    limit.add("b1", "b");
    assertThat(limit.add("c1", "c")).contains("a1");
    limit.remove("a2");
    limit.remove("a2");
    assertThat(limit.add("c2", "c")).isEmpty();
    assertThat(limit.size()).isEqualTo(4);
  }

  @Test
  void thereIsRoomForOneAtLeast() {
    assertThatThrownBy(() -> new ConnectionLimit<String>(0, 1)).hasMessageContaining("connections");
    assertThatThrownBy(() -> new ConnectionLimit<String>(2, 3)).hasMessageContaining("<= 2");
  }
}
