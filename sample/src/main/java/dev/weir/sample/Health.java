package dev.weir.sample;

/// What `/health` has to say.
enum Health {
  OK,
  STOPPING,
  UNHEALTHY
}
