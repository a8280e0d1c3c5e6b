package dev.weir.console.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A whole request.
///
/// @param method such as `GET`
/// @param uri as it came
/// @param peer the client's IP address
/// @param port of ours
record Request(String method, String uri, HttpHeaders headers, String body, String peer, int port) {
  private static final int PARAMETERS_MAX = 16;
  private static final Set<String> PAGES = Set.of("/", "/table");

  /// Whether it only reads.
  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /// The path, decoded; empty if it is malformed.
  String path() {
    try {
      return new QueryStringDecoder(uri).path();
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// Whether a person waits for a page rather than a script for data.
  boolean isForPage() {
    return isRead() && PAGES.contains(path());
  }

  /// A field; empty if there is none.
  String header(CharSequence name) {
    return headers.get(name, "");
  }

  /// A parameter of the query.
  Optional<String> query(String name) {
    return first(new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, PARAMETERS_MAX), name);
  }

  /// A field of a form in the body.
  Optional<String> form(String name) {
    return first(new QueryStringDecoder(body, StandardCharsets.UTF_8, false, PARAMETERS_MAX), name);
  }

  private static Optional<String> first(QueryStringDecoder fields, String name) {
    try {
      return fields.parameters().getOrDefault(name, List.of()).stream().findFirst();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // malformed
    }
  }

  /// A cookie's value.
  Optional<String> cookie(String name) {
    String start = name + "=";
    return headers.getAll(HttpHeaderNames.COOKIE).stream()
        .flatMap(field -> Stream.of(field.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(start))
        .map(pair -> pair.substring(start.length()))
        .findFirst();
  }
}
