package dev.weir.proxy.http;

import dev.weir.testing.Fuzz;
import org.junit.jupiter.api.Test;

/// The fuzz targets hold for their seeds and some thousand mutations of these; `bench/fuzz` tries
/// more.
class FuzzTest {
  @Test
  void requests() {
    Fuzz.forAll("request", RequestFuzz::fuzzerTestOneInput);
  }

  @Test
  void responses() {
    Fuzz.forAll("response", ResponseFuzz::fuzzerTestOneInput);
  }
}
