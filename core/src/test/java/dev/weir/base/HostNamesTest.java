package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that no web site can own are allowed; others have to be named.
final class HostNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8001",
        "[::1]:8001",
        "[::1]",
        "localhost",
        "LOCALHOST:8001",
        "localhost.",
        "a.localhost",
        "weir_balancer:8001",
        "balancer",
        "tasks.weir_balancer",
        "weir_balancer.1.5czsx0pq6l7d3yk2j9w4m8n1b",
        "host.docker.internal",
        "node.local",
        "",
      })
  void namesOfOnesOwnAreAllowed(String host) {
    assertThat(HostNames.PRIVATE.allow(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8001",
        "evil.example.",
        "a.b.com",
        "tasks.app",
        "127.0.0.1.evil.com",
        "localhost.evil.com",
        "x.xn--p1ai",
        "x.COM:80",
      })
  void namesOfOthersAreNot(String host) {
    assertThat(HostNames.PRIVATE.allow(host)).isFalse();
    assertThat(HostNames.ANY.allow(host)).isTrue();
  }

  @Test
  void aNameThatIsGivenIsAllowed() {
    HostNames names = HostNames.of("--admin-host", List.of("Metrics.Example.com"));
    assertThat(names.allow("metrics.example.com:8001")).isTrue();
    assertThat(names.allow("example.com")).isFalse();
    for (String bad : List.of("", "a:80", "http://a", "a/b", "a b", "-a", "a.")) {
      assertThatThrownBy(() -> HostNames.of("--admin-host", List.of(bad)))
          .hasMessage(
              "--admin-host: %s (expected: a host name without a port, as in metrics.example)"
                  .formatted(bad));
    }
  }
}
