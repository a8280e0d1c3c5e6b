package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.ClockReading;
import dev.weir.cluster.doctor.fact.ContainerFacts;
import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.NetworkFacts;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.fact.TaskFacts;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineStream;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.JsonLines;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Asks an Engine for everything that the checks need. It only reads.
public final class EngineReading {
  private static final Duration PAST = Duration.ofDays(30);
  private static final Duration EVENTS_IDLE_MAX = Duration.ofSeconds(2);

  private final Engine engine;
  private final Map<String, String> refusals = new HashMap<>();

  private EngineReading(Engine engine) {
    this.engine = engine;
  }

  /// Asks. What a part of the API refuses is missing in the result, with the reason.
  ///
  /// @throws EngineException if it does not even respond to `/info`
  public static EngineFacts of(Engine engine) {
    return new EngineReading(engine).read();
  }

  private EngineFacts read() {
    Instant before = Instant.now();
    JsonNode info = engine.get("/info");
    Instant after = Instant.now();
    return new EngineFacts(
        engine.address().toString(),
        isPlain(engine.address()),
        info,
        list("/nodes", () -> engine.list("/nodes", Map.of(), NodeFacts::of)),
        list("/services", () -> engine.list("/services", Map.of(), ServiceFacts::of)),
        list("/tasks", () -> engine.list("/tasks", Map.of(), TaskFacts::of)),
        list("/networks", () -> engine.list("/networks", Map.of(), NetworkFacts::of)),
        list("/containers", () -> engine.list("/containers/json", Map.of(), ContainerFacts::of)),
        downSince(),
        refusals,
        clock(before, info.path("SystemTime").asString(""), after));
  }

  private static Optional<ClockReading> clock(Instant before, String read, Instant after) {
    try {
      return Optional.of(ClockReading.of(before, Instant.parse(read), after));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private <T> List<T> list(String part, Supplier<List<T>> ask) {
    try {
      return ask.get();
    } catch (EngineException e) {
      refusals.put(part, e.getMessage());
      return List.of();
    }
  }

  private static boolean isPlain(EngineAddress address) {
    return address instanceof EngineAddress.Tcp(var host, var _, var tls)
        && tls.isEmpty()
        && !host.equals("localhost")
        && !host.startsWith("127.")
        && !host.equals("::1");
  }

  /// The latest times at which nodes went down, of the events that the Engine still has.
  private Map<String, Instant> downSince() {
    var since = new HashMap<String, Instant>();
    long now = Instant.now().getEpochSecond();
    var query = new HashMap<>(Filters.of("type", "node").query());
    query.put("since", Long.toString(now - PAST.toSeconds()));
    query.put("until", Long.toString(now));
    try (EngineStream stream = engine.stream("GET", "/events", query, null, Map.of())) {
      var lines = new JsonLines(stream.idleMax(EVENTS_IDLE_MAX));
      for (var event = lines.next(); event.isPresent(); event = lines.next()) {
        note(event.get(), since);
      }
    } catch (EngineException | IOException e) {
      refusals.put("/events", Optional.ofNullable(e.getMessage()).orElse("it broke off"));
    }
    return since;
  }

  private static void note(JsonNode event, Map<String, Instant> since) {
    JsonNode actor = event.path("Actor");
    if (actor.path("Attributes").path("state.new").asString("").equals("down")) {
      since.put(actor.path("ID").asString(""), Instant.ofEpochSecond(event.path("time").asLong(0)));
    }
  }
}
