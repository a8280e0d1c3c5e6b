package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Autoscaling on a real swarm: advice, a step, a killed balancer, zero and back, and no request
/// lost. The long form is `sudo testbed/autoscale`.
@Timeout(900)
final class AutoscaleSwarmTest {
  @Test
  void everyScalingHoldsAndLosesNothing() throws Exception {
    String said = Testbed.shared().run("autoscale", "--short");
    assertThat(said).contains("everything held").doesNotContain("WRONG");
    said.lines()
        .filter(line -> line.contains("another acts after") || line.contains("first response"))
        .forEach(line -> Figures.note("autoscale: " + line.strip()));
  }
}
