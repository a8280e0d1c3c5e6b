package dev.weir.load.http;

import dev.weir.testing.Fuzz;
import org.junit.jupiter.api.Test;

/// The fuzz target holds for its seeds and some thousand mutations of these; `bench/fuzz` tries
/// more.
class FuzzTest {
  @Test
  void responses() {
    Fuzz.forAll("response", ResponseFuzz::fuzzerTestOneInput);
  }
}
