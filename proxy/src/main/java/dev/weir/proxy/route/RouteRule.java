package dev.weir.proxy.route;

import dev.weir.base.Checks;
import dev.weir.base.PathPrefix;
import java.util.Locale;

/// Which requests a service gets: those for a host and below a path.
///
/// @param host a name, `*.` and a name for all names below it, or empty for every host
/// @param path the prefix of paths, in whole segments: `/api` covers `/api/x`, not `/apix`
public record RouteRule(String host, String path) {
  /// Every request.
  public static final RouteRule EVERYTHING = new RouteRule("", "/");

  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?";
  private static final String HOST = "(\\*\\.)?%s(\\.%s)*".formatted(LABEL, LABEL);

  public RouteRule {
    host = host.toLowerCase(Locale.ROOT);
    Checks.check(
        host.isEmpty() || (host.length() <= 255 && host.matches(HOST)),
        "host",
        host,
        "a name as in shop.example.com, or *.example.com for all names below it");
    path = new PathPrefix(path).text();
  }

  @Override
  public String toString() {
    return (host.isEmpty() ? "*" : host) + path;
  }
}
