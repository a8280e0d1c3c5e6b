package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `weir compare` on the real swarm of the testbed, by its documented script: the service's policy
/// is changed, measured and put back.
@Timeout(900)
final class CompareTestbedTest {
  @Test
  void policiesTakeTheirTurnsOnARealSwarm() throws Exception {
    String said = Testbed.shared().run("compare", "--short");
    assertThat(said)
        .contains("round 2 of 2", "noise floor", "simulated", "compare_app is put back as it was")
        .contains("round-robin  ", "weir  ", "least-requests  ");
  }
}
