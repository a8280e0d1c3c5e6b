package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Beginnings of paths, as people write them.
final class PathPrefixTest {
  @Test
  void slashesAtTheEndSayNothing() {
    assertThat(new PathPrefix("/api//").text()).isEqualTo("/api");
    assertThat(new PathPrefix("/a/b/")).isEqualTo(new PathPrefix("/a/b"));
    assertThat(new PathPrefix("/").text()).isEqualTo("/");
    assertThat(new PathPrefix("//").text()).isEqualTo("/");
  }

  @Test
  void whatIsNoPathIsRefused() {
    for (String text : new String[] {"", "api", "/a?b", "/a b", "/*", "/" + "a".repeat(1024)}) {
      assertThat(PathPrefix.of(text)).isEmpty();
      assertThatThrownBy(() -> new PathPrefix(text)).hasMessageStartingWith("path: " + text);
    }
  }
}
