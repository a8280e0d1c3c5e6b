package dev.weir.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// The kernel itself says which scheduling class a thread has.
class RealTimeTest {
  private static final int POLICY_FIELD = 38; // policy is field 41 of proc(5); 3 are cut off

  /// What was asked for, and what the kernel says.
  private record Outcome(boolean granted, String policy) {}

  @Test
  void theAskingThreadAloneIsScheduledFirst() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "needs Linux");
    var asking = new FutureTask<>(() -> new Outcome(RealTime.request(), ownPolicy()));
    Thread.ofPlatform().start(asking);
    Outcome outcome = asking.get();
    assertThat(outcome.policy()).isEqualTo(outcome.granted() ? "1" : "0");
    assertThat(ownPolicy()).isEqualTo("0");
  }

  private static String ownPolicy() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY_FIELD];
  }
}
