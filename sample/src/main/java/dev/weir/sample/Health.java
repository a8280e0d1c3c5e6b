package dev.weir.sample;

/// The states that `/health` reports.
enum Health {
  OK,
  STOPPING,
  UNHEALTHY
}
