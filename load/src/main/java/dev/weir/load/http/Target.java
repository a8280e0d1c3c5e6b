package dev.weir.load.http;

import dev.weir.base.Checks;
import dev.weir.base.Secrets;
import dev.weir.base.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The destination of a run's requests: one URL, parsed.
///
/// @param url as the user typed it
/// @param tls whether it is HTTPS
/// @param host name or address, without the brackets of IPv6
/// @param port the given one, or the scheme's own
/// @param path path and query as sent in the request line
/// @param authorization the header value for the URL's user and password
public record Target(
    String url, boolean tls, String host, int port, String path, Optional<String> authorization) {
  private static final String EXPECTED =
      "an http:// or https:// address such as http://localhost:8080/primecheck";
  private static final int PORT_MAX = 65_535;

  /// Parses a URL.
  ///
  /// @throws IllegalArgumentException naming `--url` if it is not an HTTP or HTTPS address
  public static Target parse(String url) {
    URI uri = uri(url.strip());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    String shown = Secrets.address(url.strip());
    Checks.check(tls || scheme.equals("http"), "--url", shown, EXPECTED);
    String host = uri.getHost();
    Checks.check(host != null, "--url", shown, EXPECTED);
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    Checks.check(port >= 1 && port <= PORT_MAX, "--url", shown, "a port from 1 to " + PORT_MAX);
    return new Target(url, tls, bare(host), port, path(uri), authorization(uri));
  }

  /// The value of the Host header, with the port if it is not the scheme's default.
  String hostHeader() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /// The URL in a form that is safe to keep and show: without user, password and query values.
  public String shown() {
    return Secrets.address(url.strip());
  }

  @Override
  public String toString() {
    return shown();
  }

  private static URI uri(String url) {
    try {
      return new URI(new URI(url).toASCIIString());
    } catch (URISyntaxException e) {
      throw new UserError(
          "--url: %s (expected: %s; %s)".formatted(Secrets.address(url), EXPECTED, e.getReason()),
          e);
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    String start = path == null || path.isEmpty() ? "/" : path;
    return uri.getRawQuery() == null ? start : start + "?" + uri.getRawQuery();
  }

  private static Optional<String> authorization(URI uri) {
    return Optional.ofNullable(uri.getUserInfo())
        .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }
}
