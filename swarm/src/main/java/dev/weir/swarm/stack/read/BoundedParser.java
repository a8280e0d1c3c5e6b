package dev.weir.swarm.stack.read;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// A YAML parser that refuses input which is nested too deep or too large as soon as it sees it:
/// composing its events recurses once per level.
final class BoundedParser extends ParserImpl {
  /// The deepest level; Compose itself has 8.
  static final int DEPTH_MAX = 64;

  /// The largest number of values, keys and ends of collections.
  static final int EVENTS_MAX = 200_000;

  private int depth;
  private int events;

  BoundedParser(LoadSettings settings, String text) {
    super(settings, new StreamReader(settings, text));
  }

  @Override
  public Event next() {
    Event event = super.next();
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> depth++;
      case SequenceEnd, MappingEnd -> depth--;
      default -> {
        // Not a level.
      }
    }
    if (depth > DEPTH_MAX) {
      throw refused("more than %d levels deep".formatted(DEPTH_MAX), event);
    }
    if (++events > EVENTS_MAX) {
      throw refused("more than %d keys and values".formatted(EVENTS_MAX), event);
    }
    return event;
  }

  private static ParserException refused(String what, Event event) {
    return new ParserException(what, event.getStartMark());
  }
}
