package dev.weir.swarm.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Request targets, encoded.
final class RequestTargets {
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private RequestTargets() {}

  /// A path such as `/services/web` and its query.
  static String target(String path, Map<String, String> query) {
    String encoded = query.isEmpty() ? "" : "?" + query(query);
    return path(path) + encoded;
  }

  private static String query(Map<String, String> query) {
    return query.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Any name stays within one path segment, without line ends or a query.
  private static String path(String path) {
    var encoded = new StringBuilder();
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if ((c < 128 && Character.isLetterOrDigit(c)) || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
