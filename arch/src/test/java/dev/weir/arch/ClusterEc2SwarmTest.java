package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.aws.MotoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `weir cluster --provider ec2` the whole way: a stand-in for AWS, real machines behind it, a
/// swarm of them, more and fewer workers, and nothing left.
@Timeout(900)
class ClusterEc2SwarmTest {
  private static final List<String> ADDRESSES =
      List.of("198.18.0.41", "198.18.0.42", "198.18.0.43", "198.18.0.44");

  @TempDir private Path folder;

  private final List<String> printed = new ArrayList<>();

  /// What a command gave.
  private record Ended(int exit, String out) {}

  @Test
  void fromAnEmptyAccountToASwarmAndBack() throws Exception {
    Testbed.assumePossible();
    assumeTrue(MotoServer.isPossible(), MotoServer.MISSING);
    try (var testbed = Testbed.down("-ec2");
        var scan = SecretScan.start(testbed)) {
      testbed.run("machines", "up", "4");
      Process aws = aws(testbed);
      try {
        String endpoint = endpoint(testbed, aws);
        upTwice(testbed, endpoint);
        moreAndFewerWorkers(testbed, endpoint);
        nothingIsLeft(testbed, endpoint);
      } finally {
        aws.getOutputStream().close();
        assertThat(aws.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(scan.hits()).isEmpty();
      assertThat(SecretScan.in(folder)).isEmpty();
      assertThat(printed).noneMatch(SecretScan::isIn);
    }
  }

  private void upTwice(Testbed testbed, String endpoint) throws Exception {
    Ended up =
        weir(
            testbed,
            "up",
            "--provider",
            "ec2",
            "--name",
            "demo",
            "--region",
            "us-east-1",
            "--operator-cidr",
            "203.0.113.7",
            "--user",
            "admin",
            "--endpoint",
            endpoint,
            "--yes");
    assertThat(up.exit).as(up.out).isZero();
    assertThat(up.out).contains("done: 3 nodes Ready (b1, manager; b2; b3)");
    Ended again = weir(testbed, "up", "--user", "admin", "--endpoint", endpoint);
    assertThat(again.exit).as(again.out).isZero();
    assertThat(again.out)
        .contains("plan: nothing to change", "demo: nothing to change: 3 nodes Ready");
  }

  private void moreAndFewerWorkers(Testbed testbed, String endpoint) throws Exception {
    Ended more = scale(testbed, endpoint, "3");
    assertThat(more.exit).as(more.out).isZero();
    assertThat(more.out).contains("4 nodes Ready");
    Ended fewer = scale(testbed, endpoint, "1");
    assertThat(fewer.exit).as(fewer.out).isZero();
    assertThat(fewer.out).contains("drains b4", "drains b3", "demo has 1 worker");
    assertThat(weir(testbed, "status").out).contains("b1", "b2").doesNotContain("b3", "b4");
  }

  private Ended scale(Testbed testbed, String endpoint, String workers) throws Exception {
    return weir(
        testbed, "scale", "--workers", workers, "--user", "admin", "--endpoint", endpoint, "--yes");
  }

  private void nothingIsLeft(Testbed testbed, String endpoint) throws Exception {
    Ended down = weir(testbed, "down", "--endpoint", endpoint, "--yes");
    assertThat(down.exit).as(down.out).isZero();
    assertThat(down.out).contains("demo is gone: nothing on EC2 has its tag");
    assertThat(weir(testbed, "ls").out).contains("no clusters yet");
  }

  private Process aws(Testbed testbed) throws Exception {
    var command = new ArrayList<>(client(testbed));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dweir.root=" + Sources.root());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AwsOnMachines.class.getName(), folder.resolve("endpoint").toString()));
    command.add(testbed.state().resolve("machine-known-hosts").toString());
    command.addAll(ADDRESSES);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("aws.log").toFile())
        .start();
  }

  private String endpoint(Testbed testbed, Process aws) throws Exception {
    Path file = folder.resolve("endpoint");
    testbed.await(
        "the stand-in for AWS",
        300,
        () -> Files.exists(file) ? Files.readString(file) : aws.isAlive() ? "" : "it has ended",
        said -> !said.isEmpty());
    return Files.readString(file);
  }

  private Ended weir(Testbed testbed, String... args) throws Exception {
    var all = new ArrayList<>(List.of("cluster"));
    all.addAll(List.of(args));
    try (WeirProcess process =
        WeirProcess.start(client(testbed), folder, all.toArray(String[]::new))) {
      String out = process.awaitEnd();
      printed.add(out);
      return new Ended(process.exitCode(), out);
    }
  }

  private List<String> client(Testbed testbed) {
    return List.of(
        "env",
        "WEIR_HOME=" + folder.resolve("home"),
        "WEIR_TESTBED=" + testbed.state(),
        "AWS_ACCESS_KEY_ID=AKIATEST",
        "AWS_SECRET_ACCESS_KEY=of-a-stand-in",
        Sources.root().resolve("testbed/exec").toString(),
        "client");
  }
}
