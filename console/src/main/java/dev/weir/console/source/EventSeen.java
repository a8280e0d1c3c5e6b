package dev.weir.console.source;

/// Something that happened, for people.
///
/// @param atMillis when
/// @param kind `node`, `service`, `task`, `balancer`, `manager` or `console`
/// @param subject the key of the entity that it is about; empty for none
/// @param text one line
/// @param level `info`, `warning` or `error`
record EventSeen(long atMillis, String kind, String subject, String text, String level) {
  static EventSeen info(long atMillis, String kind, String subject, String text) {
    return new EventSeen(atMillis, kind, subject, text, "info");
  }

  static EventSeen warning(long atMillis, String kind, String subject, String text) {
    return new EventSeen(atMillis, kind, subject, text, "warning");
  }

  static EventSeen error(long atMillis, String kind, String subject, String text) {
    return new EventSeen(atMillis, kind, subject, text, "error");
  }
}
