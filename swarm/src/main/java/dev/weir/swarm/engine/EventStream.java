package dev.weir.swarm.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The events of an Engine, as they come. It does not reconnect. When it ends, it notifies its
/// listener of the reason; the listener opens another stream and lists again what it follows,
/// because the Engine keeps only 256 past events.
public final class EventStream implements AutoCloseable {
  private final EngineStream stream;

  private EventStream(EngineStream stream) {
    this.stream = stream;
  }

  /// Opens the stream; the Engine has accepted it when this returns.
  ///
  /// @param filters such as `type=service`
  /// @param onEvent called for each, on the stream's own thread
  /// @param onEnd called once at the end, with the failure if there was one; empty after
  ///   [EventStream#close] or after a regular end of the Engine
  public static EventStream open(
      Engine engine,
      Filters filters,
      Consumer<JsonNode> onEvent,
      Consumer<Optional<IOException>> onEnd) {
    var events =
        new EventStream(engine.stream("GET", "/events", filters.query(), null, java.util.Map.of()));
    Thread.ofVirtual().name("engine-events").start(() -> events.follow(onEvent, onEnd));
    return events;
  }

  /// Ends it.
  @Override
  public void close() {
    stream.close();
  }

  private void follow(Consumer<JsonNode> onEvent, Consumer<Optional<IOException>> onEnd) {
    Optional<IOException> failure = Optional.empty();
    try (stream) {
      var lines = new JsonLines(stream);
      for (var event = lines.next(); event.isPresent(); event = lines.next()) {
        onEvent.accept(event.get());
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (RuntimeException e) {
      failure = Optional.of(new IOException("the listener failed: " + ErrorText.first(e), e));
    } finally {
      onEnd.accept(failure);
    }
  }
}
