package dev.weir.swarm.stack.read;

/// A YAML timestamp: the docker CLI reads `2026-11-22` as one, and writes it in full as text.
///
/// @param text as the docker CLI writes it: `2026-11-22 00:00:00 +0000 UTC`
record Timestamp(String text) {
  @Override
  public String toString() {
    return text;
  }
}
