package dev.weir.load.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// The kernel itself says which scheduling class a thread has.
class RealTimeSchedulingTest {
  private static final int POLICY_FIELD = 38; // policy is field 41 of proc(5); 3 are cut off

  private static final long LONGEST_NANOS = 5_000_000_000L;
  private static final long SOON_NANOS = 1_000_000_000L;

  /// The requested class, and the class that the kernel reports.
  private record Outcome(boolean granted, String policy) {}

  @Test
  void theAskingThreadAloneIsScheduledFirst() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "needs Linux");
    var asking = new FutureTask<>(() -> new Outcome(RealTimeScheduling.request(), ownPolicy()));
    Thread.ofPlatform().start(asking);
    Outcome outcome = asking.get();
    assertThat(outcome.policy()).isEqualTo(outcome.granted() ? "1" : "0");
    assertThat(ownPolicy()).isEqualTo("0");
  }

  /// Two that never sleep would take a machine with two processors.
  @Test
  void aSenderFarBehindItsScheduleIsScheduledLikeOthersUntilItHasCaughtUp() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "needs Linux");
    var sending = new FutureTask<>(RealTimeSchedulingTest::policiesOfOneBehind);
    Thread.ofPlatform().start(sending);
    List<String> policies = sending.get();
    assumeTrue(policies.getFirst().equals("1"), "needs the right to real time");
    assertThat(policies).containsExactly("1", "0", "1");
  }

  /// At first, after it has long been behind, and when it is on time again.
  private static List<String> policiesOfOneBehind() throws IOException {
    var pacer = new Pacer(() -> false);
    pacer.sharpen();
    String first = ownPolicy();
    long beganNanos = System.nanoTime();
    while (ownPolicy().equals("1") && System.nanoTime() - beganNanos < LONGEST_NANOS) {
      pacer.park(beganNanos);
    }
    String behind = ownPolicy();
    pacer.park(System.nanoTime() + SOON_NANOS);
    return List.of(first, behind, ownPolicy());
  }

  private static String ownPolicy() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY_FIELD];
  }
}
