package dev.weir.swarm.stack.read;

import dev.weir.testing.Fuzz;
import org.junit.jupiter.api.Test;

/// The fuzz target holds for its seeds and some thousand mutations of these; `bench/fuzz` tries
/// more.
class FuzzTest {
  @Test
  void stacks() {
    Fuzz.forAll("stack", StackFuzz::fuzzerTestOneInput);
  }
}
