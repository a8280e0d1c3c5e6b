package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir cluster` from machines without Docker to a swarm that serves, and back, with what goes
/// wrong on the way.
@Timeout(900)
class ClusterSwarmTest {
  private static final String THREE = "198.18.0.41,198.18.0.42,198.18.0.43";

  /// A web server from the machine's own Perl, in an image without anything.
  private static final String STACK =
      """
      services:
        web:
          image: empty:1
          command:
            - /usr/bin/perl
            - -MIO::Socket::INET
            - -e
            - 'my $$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 64, ReuseAddr => 1);
              while (my $$c = $$s->accept) { sysread $$c, my $$b, 4096;
              print $$c "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok"; close $$c }'
          volumes: ["/usr:/usr:ro", "/lib:/lib:ro", "/lib64:/lib64:ro"]
          ports: [{target: 8080, published: 8080, mode: host}]
          networks: [app]
          deploy: {replicas: 2, endpoint_mode: dnsrr}
      networks:
        app: {driver: overlay}
      """;

  /// A stand-in for Amazon Linux 2023: there is no RPM userland to be had here.
  private static final String AMAZON =
      """
      printf 'ID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\nPRETTY_NAME="Amazon Linux 2023"\n' > /etc/os-release
      printf '#!/bin/sh\necho "$@" >> /var/log/dnf.words\napt-get -q update && apt-get -qy install docker.io\n' \
        > /usr/local/bin/dnf
      chmod +x /usr/local/bin/dnf
      """;

  @TempDir private Path folder;

  private final List<String> printed = new ArrayList<>();

  /// What a command gave.
  private record Ended(int exit, String out) {}

  @Test
  void machinesBecomeASwarmAndMachinesAgain() throws Exception {
    Testbed.assumePossible();
    try (var testbed = Testbed.down("-cluster");
        var scan = SecretScan.start(testbed)) {
      testbed.run("machines", "up", "4");
      faultsAreFoundBeforeAnythingIsChanged(testbed);
      aLockIsWaitedForAndADeadHostNamed(testbed);
      aSecondRunFinishesAndAThirdChangesNothing(testbed);
      aStackServes(testbed);
      nodesComeAndGo(testbed);
      anotherSwarmIsLeftAlone(testbed);
      assertThat(weir(testbed, "cluster", "down", "--yes").out).contains("demo is gone");
      assertThat(weir(testbed, "cluster", "ls").out).contains("no clusters yet");
      nothingSecretWasSeen(testbed, scan);
    }
  }

  private void faultsAreFoundBeforeAnythingIsChanged(Testbed testbed) throws Exception {
    Path wrong = folder.resolve("wrong");
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", wrong.toString())
            .start();
    assertThat(made.waitFor()).isZero();
    assertThat(up(testbed, wrong).out).contains("was not accepted", "nothing was changed");
    Files.delete(wrong);
    testbed.run("machines", "nosudo", "b1");
    testbed.run("machines", "clock", "b2", "+300");
    testbed.run("machines", "block", "b1", "b3", "7946/udp,2377/tcp");
    Ended faulty = up(testbed, key(testbed));
    assertThat(faulty.exit).isEqualTo(1);
    assertThat(faulty.out)
        .contains("may not run commands as root", "clock", "ahead of this machine's")
        .contains("198.18.0.43 -> 198.18.0.41", "2377/tcp: timeout", "7946/udp: timeout")
        .contains("nothing was changed");
    testbed.run("machines", "sudo", "b1");
    testbed.run("machines", "clock", "b2", "0");
    testbed.run("machines", "unblock");
    assertThat(testbed.run("machines", "status")).contains("no Docker");
  }

  private void aLockIsWaitedForAndADeadHostNamed(Testbed testbed) throws Exception {
    testbed.run("machines", "lock", "b1", "300");
    try (WeirProcess process = start(testbed, upWords(testbed, key(testbed)))) {
      String said = process.awaitError("the package manager is in use by");
      testbed.run("machines", "lock", "b1", "0");
      said += process.awaitError("198.18.0.43: done: install docker.io");
      testbed.run("machines", "kill", "b3");
      Ended end = ended(process, said);
      assertThat(end.exit).as(end.out).isEqualTo(1);
      assertThat(end.out)
          .contains("the package manager is in use by", "198.18.0.43: install docker.io")
          .contains("to go on: weir cluster up --name demo", "to take it back: weir cluster down");
    }
    testbed.run("machines", "start", "b3");
  }

  private void aSecondRunFinishesAndAThirdChangesNothing(Testbed testbed) throws Exception {
    Ended done = weir(testbed, "cluster", "up", "--yes");
    assertThat(done.exit).as(done.out).isZero();
    assertThat(done.out).contains("done: 3 nodes Ready (b1, manager; b2; b3)", "9,000 bytes");
    Ended again = weir(testbed, "cluster", "up", "--yes");
    assertThat(again.exit).as(again.out).isZero();
    assertThat(again.out).contains("nothing to change: 3 nodes Ready").doesNotContain(": done:");
    assertThat(weir(testbed, "cluster", "status").exit).isZero();
  }

  private void aStackServes(Testbed testbed) throws Exception {
    for (String node : List.of("b1", "b2", "b3")) {
      image(testbed, node);
    }
    Path file = Files.writeString(folder.resolve("stack.yml"), STACK);
    Ended deployed =
        weir(
            testbed,
            "stack",
            "deploy",
            "--cluster",
            "demo",
            "--resolve-image",
            "never",
            "-c",
            file.toString(),
            "web");
    assertThat(deployed.exit).as(deployed.out).isZero();
    String address = "198.18.0.4" + taskNode(testbed).substring(1);
    Ended load =
        weir(
            testbed,
            "load",
            "--url",
            "http://" + address + ":8080/",
            "--lamb",
            "20",
            "--iter",
            "40");
    // Whether this machine can send on time is another test's subject.
    assertThat(load.out).contains("responses     200 x 40", "errors        none");
  }

  /// The new machine says that it is Amazon Linux, and has a dnf that takes its words down.
  private void nodesComeAndGo(Testbed testbed) throws Exception {
    testbed.run("machines", "exec", "b4", "bash", "-c", AMAZON);
    Ended added =
        weir(
            testbed,
            "cluster",
            "add",
            "--ssh",
            "admin@198.18.0.44",
            "--known-hosts",
            knownHosts(testbed).toString(),
            "--labels",
            "disk=ssd",
            "--yes");
    assertThat(added.exit).as(added.out).isZero();
    assertThat(testbed.run("machines", "exec", "b4", "cat", "/var/log/dnf.words"))
        .isEqualTo("-y -q install docker\n");
    image(testbed, "b4");
    String leaving = taskNode(testbed).equals("b1") ? "b2" : taskNode(testbed);
    Ended removed = weir(testbed, "cluster", "remove", leaving, "--yes");
    assertThat(removed.exit).as(removed.out).isZero();
    assertThat(removed.out).contains("drains " + leaving, leaving + " is out of the cluster demo");
    assertThat(taskNode(testbed)).isNotEqualTo(leaving);
    assertThat(weir(testbed, "cluster", "remove", "b1", "--yes").out)
        .contains("b1 is the only manager", "weir cluster down");
    assertThat(weir(testbed, "cluster", "status").exit).isZero();
  }

  private void anotherSwarmIsLeftAlone(Testbed testbed) throws Exception {
    testbed.run("machines", "hostkey", "b4");
    Ended changed = weir(testbed, "cluster", "up", "--yes");
    assertThat(changed.out).contains("the host key has changed", "nothing was changed");
    String free = freeNode(testbed);
    testbed.run("machines", "exec", free, "docker", "swarm", "init", "--advertise-addr", "eth0");
    Ended foreign =
        weir(
            testbed,
            "cluster",
            "up",
            "--name",
            "other",
            "--ssh",
            "admin@198.18.0.4" + free.substring(1),
            "--key",
            key(testbed).toString(),
            "--known-hosts",
            knownHosts(testbed).toString());
    assertThat(foreign.exit).isEqualTo(1);
    assertThat(foreign.out).contains("a manager of another swarm", "docker swarm leave --force");
    // The key that changed is accepted by hand, as its owner would.
    Path own = folder.resolve("home/clusters/demo/known_hosts");
    Process forgotten =
        new ProcessBuilder("ssh-keygen", "-f", own.toString(), "-R", "198.18.0.44").start();
    assertThat(forgotten.waitFor()).isZero();
    Files.deleteIfExists(own.resolveSibling("known_hosts.old"));
    assertThat(weir(testbed, "cluster", "up", "--yes", "--accept-host-keys").exit).isZero();
  }

  /// The machine that was removed.
  private String freeNode(Testbed testbed) throws Exception {
    String there = weir(testbed, "cluster", "ls").out;
    return List.of("b2", "b3").stream()
        .filter(name -> !there.contains(name))
        .findFirst()
        .orElseThrow();
  }

  private void nothingSecretWasSeen(Testbed testbed, SecretScan scan) throws Exception {
    assertThat(scan.samples()).isGreaterThan(20);
    assertThat(scan.hits()).isEmpty();
    assertThat(SecretScan.in(folder)).isEmpty();
    assertThat(printed).noneMatch(SecretScan::isIn);
    for (String node : List.of("b1", "b4")) {
      String found =
          testbed
              .attempt(
                  "machines",
                  "exec",
                  node,
                  "grep",
                  "-rlE",
                  "SWMTK[N]-1-[0-9a-z]{50}",
                  "/var/log",
                  "/home",
                  "/root",
                  "/tmp",
                  "/etc")
              .said();
      assertThat(found).isBlank();
    }
    String planted = "SWMTKN-1-" + "0".repeat(50) + "-" + "0".repeat(25);
    Path file = Files.writeString(folder.resolve("planted"), "token: " + planted);
    assertThat(SecretScan.in(folder)).containsExactly(file);
    Process holder =
        new ProcessBuilder(
                "env",
                "WEIR_TESTBED=" + testbed.state(),
                Sources.root().resolve("testbed/exec").toString(),
                "client",
                "bash",
                "-c",
                "read -r -t 30",
                planted)
            .start();
    try {
      testbed.await("the scan", 20, () -> "" + scan.hits(), hits -> hits.contains("cmdline"));
    } finally {
      holder.destroy();
    }
  }

  private void image(Testbed testbed, String node) throws Exception {
    Ended made =
        weir(
            testbed,
            "cluster",
            "ssh",
            node,
            "--",
            "tar -c --files-from=/dev/null | docker import - empty:1");
    assertThat(made.exit).as(made.out).isZero();
  }

  /// A node with a task of the service.
  private static String taskNode(Testbed testbed) throws Exception {
    return testbed
        .run(
            "machines",
            "exec",
            "b1",
            "docker",
            "service",
            "ps",
            "web_web",
            "--filter",
            "desired-state=running",
            "--format",
            "{{.Node}}")
        .lines()
        .filter(name -> name.matches("b[0-9]"))
        .max(String::compareTo)
        .orElseThrow();
  }

  private Ended up(Testbed testbed, Path key) throws Exception {
    return weir(testbed, upWords(testbed, key));
  }

  private static String[] upWords(Testbed testbed, Path key) {
    return new String[] {
      "cluster",
      "up",
      "--name",
      "demo",
      "--user",
      "admin",
      "--ssh",
      THREE,
      "--key",
      key.toString(),
      "--known-hosts",
      knownHosts(testbed).toString(),
      "--accept-host-keys",
      "--yes"
    };
  }

  private static Path key(Testbed testbed) {
    return testbed.state().resolve("machine-key");
  }

  private static Path knownHosts(Testbed testbed) {
    return testbed.state().resolve("machine-known-hosts");
  }

  private Ended weir(Testbed testbed, String... args) throws Exception {
    try (WeirProcess process = start(testbed, args)) {
      return ended(process, "");
    }
  }

  private Ended ended(WeirProcess process, String said) throws Exception {
    String out = said + process.awaitEnd();
    printed.add(out);
    return new Ended(process.exitCode(), out);
  }

  private WeirProcess start(Testbed testbed, String... args) throws Exception {
    return WeirProcess.start(
        List.of(
            "env",
            "WEIR_HOME=" + folder.resolve("home"),
            "WEIR_TESTBED=" + testbed.state(),
            Sources.root().resolve("testbed/exec").toString(),
            "client"),
        folder,
        args);
  }
}
