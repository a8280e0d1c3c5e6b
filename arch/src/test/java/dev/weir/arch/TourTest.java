package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The documented script: from nothing to a load through the balancer.
@Timeout(900)
final class TourTest {
  @Test
  void loadReachesReplicasOnOtherNodes() throws Exception {
    String said = Testbed.shared().run("tour", "--iter", "200");
    assertThat(said).contains("every request got a response").contains("app.1.", "app.2.");
  }
}
