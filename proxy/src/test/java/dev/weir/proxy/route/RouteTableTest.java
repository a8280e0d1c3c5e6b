package dev.weir.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Which rule a request's host and path meet.
final class RouteTableTest {
  private final RouteTable<String> table =
      new RouteTable<String>()
          .add(new RouteRule("a.example", "/"), "a")
          .add(new RouteRule("a.example", "/api"), "a-api")
          .add(new RouteRule("a.example", "/api/v2/"), "a-v2")
          .add(new RouteRule("*.example", "/"), "any-example")
          .add(new RouteRule("*.b.example", "/only"), "any-b")
          .add(new RouteRule("", "/static"), "static");

  @Test
  void exactHostBeforeWildcardBeforeEveryHost() {
    assertThat(table.find("a.example", "/")).isEqualTo("a");
    assertThat(table.find("A.Example.:8080", "/x?y")).isEqualTo("a");
    assertThat(table.find("x.example", "/")).isEqualTo("any-example");
    assertThat(table.find("x.b.example", "/only")).isEqualTo("any-b");
    assertThat(table.find("x.b.example", "/else")).isEqualTo("any-example");
    assertThat(table.find("other.test", "/static/x")).isEqualTo("static");
    assertThat(table.find("[::1]:80", "/static")).isEqualTo("static");
    assertThat(table.find("", "/static")).isEqualTo("static");
    assertThat(table.find("example", "/")).isNull();
    assertThat(table.find("other.test", "/")).isNull();
  }

  @Test
  void longestPathUpToAWholeSegment() {
    assertThat(table.find("a.example", "/api")).isEqualTo("a-api");
    assertThat(table.find("a.example", "/api?x")).isEqualTo("a-api");
    assertThat(table.find("a.example", "/api/v1")).isEqualTo("a-api");
    assertThat(table.find("a.example", "/api/v2")).isEqualTo("a-v2");
    assertThat(table.find("a.example", "/apix")).isEqualTo("a");
    assertThat(table.find("a.example", "*")).isEqualTo("a");
  }

  @Test
  void rulesAreCheckedAndUnique() {
    assertThatThrownBy(() -> table.add(new RouteRule("A.example", "/api/"), "again"))
        .hasMessage("route: a.example/api (expected: each once)");
    for (String host : new String[] {"a:80", "a*.b", "*", "-a", "a..b", "a/b"}) {
      assertThatThrownBy(() -> new RouteRule(host, "/")).hasMessageStartingWith("host: " + host);
    }
    for (String path : new String[] {"", "api", "/a?b", "/a b", "/*"}) {
      assertThatThrownBy(() -> new RouteRule("", path)).hasMessageStartingWith("path: " + path);
    }
  }
}
