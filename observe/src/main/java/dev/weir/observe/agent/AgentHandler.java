package dev.weir.observe.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers three questions about this node's containers, and nothing else: the engine's own
/// interface is not reachable through it.
final class AgentHandler implements HttpHandler {
  private static final Duration RECENT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String SINCE = "since=";

  private final String node;
  private final SampleRing ring;
  private final Health health;

  AgentHandler(String node, SampleRing ring, Health health) {
    this.node = node;
    this.ring = ring;
    this.health = health;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, METHOD_NOT_ALLOWED, AgentDocuments.error("only GET is answered"));
        return;
      }
      Instant now = Instant.now();
      switch (exchange.getRequestURI().getPath()) {
        case "/health" -> health(exchange, now);
        case "/containers" ->
            send(exchange, OK, AgentDocuments.containers(node, now, ring.running()));
        case "/stats" -> stats(exchange, now);
        default ->
            send(
                exchange,
                NOT_FOUND,
                AgentDocuments.error("no such page (expected: /stats, /containers or /health)"));
      }
    }
  }

  private void health(HttpExchange exchange, Instant now) throws IOException {
    String problem = health.problem(now);
    send(
        exchange,
        problem.isEmpty() ? OK : UNAVAILABLE,
        AgentDocuments.health(node, now, ring.running().size(), problem));
  }

  private void stats(HttpExchange exchange, Instant now) throws IOException {
    Optional<Instant> since = since(exchange.getRequestURI().getQuery(), now);
    if (since.isEmpty()) {
      send(
          exchange,
          BAD_REQUEST,
          AgentDocuments.error("since (expected: an RFC 3339 time in UTC, such as " + now + ")"));
      return;
    }
    send(
        exchange,
        OK,
        AgentDocuments.stats(node, now, health.problem(now), ring.after(since.get())));
  }

  /// Samples after this are wanted; empty if the query is no such wish.
  private static Optional<Instant> since(@Nullable String query, Instant now) {
    if (query == null || query.isEmpty()) {
      return Optional.of(now.minus(RECENT));
    }
    try {
      return query.startsWith(SINCE)
          ? Optional.of(Instant.parse(query.substring(SINCE.length())))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static void send(HttpExchange exchange, int status, String document) throws IOException {
    byte[] body = (document + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
