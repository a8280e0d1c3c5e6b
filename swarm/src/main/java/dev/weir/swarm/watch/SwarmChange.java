package dev.weir.swarm.watch;

import java.time.Instant;

/// A change in a swarm that explains a measurement.
///
/// @param at when, on the clock of the machine where it happened
/// @param kind one word: `task-running`, `task-ended`, `service-scaled`, `service-updated`,
///   `service-created`, `service-removed` or `node-changed`
/// @param subject the task, service or node
/// @param text one line for a reader
public record SwarmChange(Instant at, String kind, String subject, String text) {}
