package dev.weir.swarm.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.scale.TaskFault.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Why tasks do not start, from what the Engine lists.
final class TaskFaultTest {
  private static final String NO_NODE = "no suitable node (insufficient resources on 3 nodes)";
  private static final String NO_IMAGE = "No such image: web:9";

  @Test
  void aTaskThatNoNodeCanTakeWaits() {
    assertThat(TaskFault.latest(List.of(running(1), task(2, "10", true, "pending", NO_NODE))))
        .contains(new TaskFault(NO_NODE, true));
  }

  @Test
  void theLatestRejectionCounts() {
    assertThat(
            TaskFault.latest(
                List.of(
                    task(1, "12", false, "rejected", NO_IMAGE),
                    task(1, "11", false, "failed", "task: non-zero exit (1)"),
                    task(1, "13", true, "preparing", ""))))
        .contains(new TaskFault(NO_IMAGE, false));
  }

  @Test
  void aSlotThatRunsAgainHasNoFault() {
    assertThat(TaskFault.latest(List.of(running(1), task(1, "09", false, "failed", "oom"))))
        .isEmpty();
  }

  @Test
  void aTaskThatIsStillStartingIsNoFault() {
    assertThat(TaskFault.latest(List.of(task(1, "10", true, "starting", "")))).isEmpty();
    assertThat(TaskFault.latest(List.of(task(1, "10", false, "shutdown", "")))).isEmpty();
  }

  private static Task running(int slot) {
    return task(slot, "20", true, "running", "");
  }

  private static Task task(
      int slot, String created, boolean isDesired, String state, String error) {
    return new Task(slot, created, isDesired, state, error);
  }
}
