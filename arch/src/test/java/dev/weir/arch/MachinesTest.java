package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The testbed's bare machines: they come up without Docker, install it as a user would, form a
/// swarm, and every fault shows where a user would see it.
@Timeout(600)
class MachinesTest {
  private static final String INSTALL =
      "sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get install -qy docker.io";

  @BeforeAll
  static void onlyWhereItCanBe() {
    Testbed.assumePossible();
  }

  @Test
  void bareMachinesInstallDockerFormASwarmAndShowFaults() throws Exception {
    try (var testbed = Testbed.down("-machines")) {
      testbed.run("machines", "up", "2");
      assertThat(testbed.run("machines", "status"))
          .contains("b1     198.18.0.41    on       no Docker", "b2     198.18.0.42    on");
      assertThat(ssh(testbed, "b1", "systemctl is-system-running")).isEqualTo("running\n");
      aLockIsInTheWay(testbed);
      ssh(testbed, "b1", INSTALL);
      testbed.run("machines", "docker", "b2");
      aSwarmForms(testbed);
      aClockDiffers(testbed);
      powerIsCut(testbed);
      packetsAreDropped(testbed);
      rightsAndKeysChange(testbed);
    }
    assertThat(Testbed.down("-machines").state()).doesNotExist();
  }

  @Test
  void mistakesAreOneLineEach() throws Exception {
    try (var testbed = Testbed.down("-no-machines")) {
      assertOneLine(testbed, "up: 12 (expected: ", "up", "12");
      assertOneLine(testbed, "frob: unknown (expected: ", "frob");
      assertOneLine(testbed, "no machines are up in ", "clock", "b1", "+300");
      assertOneLine(testbed, "no machines are up in ", "env");
      assertThat(testbed.attempt("machines", "status").exitCode()).isEqualTo(3);
      assertThat(testbed.run("machines", "--help")).contains("testbed/machines", "Examples:");
    }
  }

  private static void aLockIsInTheWay(Testbed testbed) throws Exception {
    testbed.run("machines", "lock", "b1", "300");
    assertThat(testbed.attempt("machines", "ssh", "b1", INSTALL).said())
        .contains("Could not get lock /var/lib/apt/lists/lock", "(unattended-upgr)");
    testbed.run("machines", "lock", "b1", "0");
  }

  private static void aSwarmForms(Testbed testbed) throws Exception {
    ssh(testbed, "b1", "sudo docker swarm init --advertise-addr 198.18.0.41");
    String token = ssh(testbed, "b1", "sudo docker swarm join-token --quiet worker").strip();
    ssh(testbed, "b2", "sudo docker swarm join --token " + token + " 198.18.0.41:2377");
    awaitNode(testbed, "b2 Ready");
  }

  /// The engine, whose clock no library call reads, must differ too.
  private static void aClockDiffers(Testbed testbed) throws Exception {
    testbed.run("machines", "clock", "b2", "+300");
    long shell = Long.parseLong(ssh(testbed, "b2", "date +%s").strip());
    String format = "{{.SystemTime}}";
    String engine = ssh(testbed, "b2", "sudo docker info --format '" + format + "'").strip();
    for (Instant seen : List.of(Instant.ofEpochSecond(shell), Instant.parse(engine))) {
      assertThat(Duration.between(Instant.now(), seen).toSeconds()).isBetween(270L, 300L);
    }
    testbed.run("machines", "clock", "b2", "0");
    assertThat(Long.parseLong(ssh(testbed, "b2", "date +%s").strip())).isLessThan(shell);
  }

  private static void powerIsCut(Testbed testbed) throws Exception {
    testbed.run("machines", "kill", "b2");
    assertThat(testbed.attempt("machines", "status").exitCode()).isEqualTo(1);
    testbed.run("machines", "start", "b2");
    awaitNode(testbed, "b2 Ready");
  }

  private static void packetsAreDropped(Testbed testbed) throws Exception {
    String knock = "timeout 2 bash -c 'exec 3<> /dev/tcp/198.18.0.41/2377' && echo open || true";
    testbed.run("machines", "block", "b1", "b2", "2377/tcp,7946");
    assertThat(ssh(testbed, "b2", knock)).isEmpty();
    testbed.run("machines", "unblock");
    assertThat(ssh(testbed, "b2", knock)).isEqualTo("open\n");
  }

  private static void rightsAndKeysChange(Testbed testbed) throws Exception {
    testbed.run("machines", "nosudo", "b1");
    assertThat(testbed.attempt("machines", "ssh", "b1", "sudo -n true").said())
        .contains("a password is required");
    testbed.run("machines", "hostkey", "b2");
    assertThat(testbed.attempt("machines", "ssh", "b2", "true").said())
        .contains("Host key verification failed");
  }

  private static void awaitNode(Testbed testbed, String expected) throws Exception {
    String list = "sudo docker node ls --format '{{.Hostname}} {{.Status}}'";
    testbed.await(expected, 60, () -> ssh(testbed, "b1", list), s -> s.contains(expected));
  }

  private static String ssh(Testbed testbed, String name, String command) throws Exception {
    return testbed.run("machines", "ssh", name, command);
  }

  private static void assertOneLine(Testbed testbed, String start, String... args)
      throws Exception {
    Testbed.Result result = testbed.attempt("machines", args);
    assertThat(result.said()).startsWith("testbed: " + start).hasLineCount(1);
    assertThat(result.exitCode()).isEqualTo(2);
  }
}
