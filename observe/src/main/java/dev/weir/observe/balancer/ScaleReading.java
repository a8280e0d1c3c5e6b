package dev.weir.observe.balancer;

import dev.weir.observe.http.Documents;
import dev.weir.observe.http.HttpText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The autoscaling of one service as a balancer's `/scale` shows it.
///
/// @param desired how many replicas it should have
/// @param ready how many take requests
/// @param decisions the latest ones, the oldest first
public record ScaleReading(int desired, int ready, List<Decided> decisions) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  public ScaleReading {
    decisions = List.copyOf(decisions);
  }

  /// One decision.
  ///
  /// @param epochMillis when, in milliseconds since 1970
  /// @param before how many replicas were asked for until then
  /// @param replicas how many it asks for
  /// @param done what came of it
  /// @param words why
  /// @param json all that the balancer says of it
  public record Decided(
      long epochMillis, int before, int replicas, String done, String words, String json) {}

  /// Asks the balancer whose admin port is at `address`.
  ///
  /// @throws IOException if it does not respond so, or does not scale the service; its message says
  ///   why, in one line
  public static ScaleReading read(URI address, String service) throws IOException {
    URI page = address.resolve("/scale");
    return parse(HttpText.of(Optional.empty(), TIMEOUT).get(page), service);
  }

  static ScaleReading parse(String text, String service) throws IOException {
    JsonNode one = Documents.object(text).path("services").path(service);
    if (!one.isObject()) {
      throw new IOException("this balancer does not scale " + service);
    }
    var decisions = new ArrayList<Decided>();
    for (JsonNode event : one.path("history")) {
      decisions.add(
          new Decided(
              event.path("epochMillis").asLong(0),
              event.path("before").asInt(0),
              event.path("replicas").asInt(0),
              event.path("done").asString(""),
              event.path("words").asString(""),
              event.toString()));
    }
    return new ScaleReading(one.path("desired").asInt(0), one.path("ready").asInt(0), decisions);
  }
}
