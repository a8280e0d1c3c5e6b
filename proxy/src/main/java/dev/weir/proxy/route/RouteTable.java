package dev.weir.proxy.route;

import dev.weir.base.PathPrefix;
import dev.weir.proxy.http.RequestHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the target of a request by host and path: first the exact host, then the longest wildcard,
/// then every host; within one host, the longest path.
///
/// @param <T> the type of targets
public final class RouteTable<T> {
  private final Map<String, List<Route<T>>> byHost = new HashMap<>();
  private @Nullable T everything;
  private int size;

  /// Adds a rule.
  ///
  /// @throws IllegalArgumentException if the rule is there already
  public RouteTable<T> add(RouteRule rule, T target) {
    List<Route<T>> routes = byHost.computeIfAbsent(rule.host(), _ -> new ArrayList<>());
    if (routes.stream().anyMatch(route -> route.path.text().equals(rule.path()))) {
      throw new IllegalArgumentException("route: %s (expected: each once)".formatted(rule));
    }
    routes.add(new Route<>(new PathPrefix(rule.path()), target));
    routes.sort(Comparator.comparingInt((Route<T> route) -> route.path.text().length()).reversed());
    size++;
    everything = size == 1 && rule.equals(RouteRule.EVERYTHING) ? target : null;
    return this;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// The target of a request, or null.
  @Nullable
  public T find(RequestHead head) {
    // Most proxies front one service: they need not look.
    return everything != null ? everything : find(host(head), head.path());
  }

  @Nullable T find(String hostAndPort, String target) {
    String host = name(hostAndPort);
    T found = among(host, target);
    int dot = host.indexOf('.');
    while (found == null && dot >= 0) {
      found = among("*" + host.substring(dot), target);
      dot = host.indexOf('.', dot + 1);
    }
    return found != null || host.isEmpty() ? found : among("", target);
  }

  private @Nullable T among(String host, String target) {
    List<Route<T>> routes = byHost.get(host);
    if (routes != null) {
      for (Route<T> route : routes) {
        if (route.path.covers(target)) {
          return route.target;
        }
      }
    }
    return null;
  }

  private static String name(String hostAndPort) {
    int end = hostAndPort.length();
    int colon = hostAndPort.lastIndexOf(':');
    if (colon >= 0 && hostAndPort.indexOf(']') < colon) {
      end = colon;
    }
    if (end > 0 && hostAndPort.charAt(end - 1) == '.') {
      end--;
    }
    return hostAndPort.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static String host(RequestHead head) {
    int field = head.hostField();
    if (head.authorityEnd() > head.authorityStart()) {
      return head.text(head.authorityStart(), head.authorityEnd());
    }
    return field < 0 ? "" : head.text(head.valueStart(field), head.valueEnd(field));
  }

  /// A path below one host.
  private record Route<T>(PathPrefix path, T target) {}
}
