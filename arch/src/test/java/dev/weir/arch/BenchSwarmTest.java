package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Figures;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `weir bench` on the real swarm of the testbed: every container of every node is in its record,
/// and its CPU time is what the kernel counted. The script that checks it is the documented one.
@Timeout(900)
final class BenchSwarmTest {
  private static final Pattern SUMMARY =
      Pattern.compile("([0-9]+) containers, CPU time within .* at most [0-9.]+");

  @Test
  void theRecordIsWhatTheKernelCounted() throws Exception {
    String said = Testbed.shared().run("bench", "--short");
    Matcher summary = SUMMARY.matcher(said);
    assertThat(summary.find()).as(said).isTrue();
    Figures.note("weir bench on the testbed: " + summary.group());
    // Balancer, two replicas, and on each of three nodes socket-proxy, two agents and cAdvisor.
    assertThat(Integer.parseInt(summary.group(1))).isEqualTo(15);
  }
}
