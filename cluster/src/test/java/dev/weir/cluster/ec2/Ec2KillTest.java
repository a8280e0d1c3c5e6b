package dev.weir.cluster.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Figures;
import dev.weir.testing.aws.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed (SIGKILL) at a call, before or after the call was carried out, and the
/// same command again: each thing exists once, or is gone.
class Ec2KillTest {
  private static final long SECONDS_MAX = 120;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  private Path home;

  private int kills;

  @Test
  void killedAtEachChangeAndResumed() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      for (String command : List.of("up", "scale", "down")) {
        prepare(lab, command);
        long changes = plan(lab, command).calls().count();
        for (int at = 1; at <= changes; at++) {
          for (boolean carriedOut : List.of(false, true)) {
            prepare(lab, command);
            killed(lab, command, at, carriedOut);
            resumed(lab, command);
          }
        }
      }
      Figures.note(
          "cluster: up, scale and down on EC2, killed at each of %d changes".formatted(kills));
    }
  }

  private static Plan plan(Ec2Lab lab, String command) throws Ec2Exception {
    return lab.planned(cluster -> KilledCommand.plan(command, cluster));
  }

  /// What exists before a command.
  private static void prepare(Ec2Lab lab, String command) throws Ec2Exception {
    lab.proxy().restart(_ -> new Fault.None());
    if (command.equals("up")) {
      lab.down();
    } else {
      lab.up(1, 2);
    }
  }

  private void killed(Ec2Lab lab, String command, int at, boolean carriedOut) throws Exception {
    var held = new CountDownLatch(1);
    Files.createDirectories(home);
    lab.proxy()
        .restart(call -> {
          if (call.change() == at) {
            held.countDown();
          }
          return call.change() < at
              ? new Fault.None()
              : call.change() == at && carriedOut ? new Fault.Silent() : new Fault.Lost();
        });
    Process process = KilledCommand.start(command, lab.proxy().address(), home);
    try {
      assertThat(held.await(SECONDS_MAX, TimeUnit.SECONDS))
          .as(
              "%s comes to change %d: %s",
              command, at, Files.readString(home.resolve("killed.log")))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    kills++;
  }

  private static void resumed(Ec2Lab lab, String command) throws Ec2Exception {
    lab.proxy().restart(_ -> new Fault.None());
    lab.done(cluster -> KilledCommand.plan(command, cluster));
    List<String> left =
        lab.survey().machines().stream().map(machine -> machine.node(Ec2Lab.CLUSTER)).toList();
    assertThat(left)
        .isEqualTo(
            switch (command) {
              case "up" -> List.of("demo-manager-1", "demo-worker-1", "demo-worker-2");
              case "scale" -> List.of("demo-manager-1", "demo-worker-1");
              default -> List.of();
            });
    assertThat(lab.survey().isEmpty()).isEqualTo(command.equals("down"));
  }
}
