package dev.weir.observe.agent;

import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.HeldResponse;
import dev.weir.observe.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves three pages about this node's containers and nothing else: the engine's API is not
/// reachable through it.
final class AgentHandler implements AgentHttpServer.Pages {
  private static final Duration RECENT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String SINCE = "since=";

  /// One or two megabytes. A client that wants more asks again from the end of the response.
  static final int SAMPLES_MAX = 5_000;

  private final String node;
  private final SampleRing ring;
  private final SourceHealth health;
  private final int samplesMax;
  private final Supplier<Instant> clock;

  /// @param samplesMax the approximate bound on samples per response
  /// @param clock the clock of the samples
  AgentHandler(
      String node, SampleRing ring, SourceHealth health, int samplesMax, Supplier<Instant> clock) {
    this.node = node;
    this.ring = ring;
    this.health = health;
    this.samplesMax = samplesMax;
    this.clock = clock;
  }

  @Override
  public HeldResponse respond(Request request) {
    if (!request.method().equals("GET")) {
      return new HeldResponse(METHOD_NOT_ALLOWED, AgentDocuments.error("only GET is allowed"));
    }
    Instant now = clock.get();
    String target = request.target();
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return switch (mark < 0 ? target : target.substring(0, mark)) {
      case "/health" -> health(now);
      case "/containers" ->
          new HeldResponse(OK, AgentDocuments.containers(node, now, ring.running()));
      case "/stats" -> stats(query, now);
      default ->
          new HeldResponse(
              NOT_FOUND,
              AgentDocuments.error("no such page (expected: /stats, /containers or /health)"));
    };
  }

  private HeldResponse health(Instant now) {
    String problem = health.problem(now);
    return new HeldResponse(
        problem.isEmpty() ? OK : UNAVAILABLE,
        AgentDocuments.health(node, now, ring.running().size(), problem));
  }

  private HeldResponse stats(String query, Instant now) {
    Optional<Instant> since = since(query, now);
    if (since.isEmpty()) {
      return new HeldResponse(
          BAD_REQUEST,
          AgentDocuments.error("since (expected: an RFC 3339 time in UTC, such as " + now + ")"));
    }
    return new HeldResponse(
        OK,
        AgentDocuments.stats(node, now, health.problem(now), ring.after(since.get(), samplesMax)));
  }

  /// The instant after which samples are wanted; empty if the query is malformed.
  private static Optional<Instant> since(String query, Instant now) {
    if (query.isEmpty()) {
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
}
