package dev.weir.run;

import java.time.Instant;

/// Something that happened during a run and explains its charts: load begins, a replica starts, a
/// sampler falls silent.
///
/// @param at when
/// @param kind one word, such as "load-started", "replica-ejected", "sample-gap"
/// @param subject what it concerns, such as a task's name, or ""
/// @param text one line for a reader
public record RunEvent(Instant at, String kind, String subject, String text) {
  /// The kind of the event that counts records lost because the disk refused them.
  public static final String RECORD_LOST = "record-lost";
}
