package dev.weir.cluster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cluster.fake.Facts;
import dev.weir.cluster.fake.ScriptedHost;
import dev.weir.cluster.host.HostFacts.Sudo;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HostFactsTest {
  @Test
  void aBareMachineIsRead() {
    HostFacts facts = Facts.read("b1");
    assertThat(facts.hostname()).isEqualTo("b1");
    assertThat(facts.family()).containsExactly("debian");
    assertThat(facts.kernelMajor()).isEqualTo(6);
    assertThat(facts.memoryBytes()).hasValue(2_018_096L * 1024);
    assertThat(facts.addresses()).containsExactly(new HostFacts.Address("eth0", "10.0.0.4", 1500));
    assertThat(facts.hasDocker()).isFalse();
    assertThat(facts.mayUseDocker()).isFalse();
    assertThat(facts.asRoot()).isEqualTo("sudo -n ");
    assertThat(facts.membership()).isEmpty();
  }

  @Test
  void anEngineAndASwarmAreRead() {
    HostFacts facts =
        Facts.read(
            "b1",
            "docker.version=Docker version 20.10.24+dfsg1, build 297e128",
            "groups=admin docker",
            "sudo=root",
            "swarm=" + Facts.CERTIFICATE);
    assertThat(facts.dockerVersion()).hasValue("20.10.24");
    assertThat(facts.mayUseDocker()).isTrue();
    assertThat(facts.sudo()).isEqualTo(Sudo.ROOT);
    assertThat(facts.membership())
        .hasValue(new Membership("810uaceinxoitn8w59ojxcl5d", "v5tqjt4q68zof8zrgbz0ifdyu", true));
    assertThat(Facts.read("b1", "swarm=bm9uc2Vuc2U=").membership()).isEmpty();
  }

  /// A login that prints something else, or a shell that is no bash.
  @Test
  void aScriptThatEndsEarlyIsNoFacts() {
    var host = new ScriptedHost("b1").on("", new CommandOutput(127, "Welcome!\n", "no bash\n"));
    assertThatThrownBy(() -> HostFacts.of(host))
        .isInstanceOf(SshException.class)
        .hasMessageContaining("b1: its shell gave no facts: no bash");
  }

  /// This machine is one too.
  @Test
  void theScriptRunsHere() throws Exception {
    Process bash = new ProcessBuilder("bash", "-s").redirectErrorStream(true).start();
    try (var in = bash.getOutputStream()) {
      in.write(Scripts.read(HostFacts.class, "facts.sh").getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    HostFacts facts = HostFacts.parse(printed);
    assertThat(facts.has("end")).as(printed).isTrue();
    assertThat(facts.memoryBytes().orElse(0)).isPositive();
  }

  @Test
  void aClockIsComparedInTheMiddleOfTheQuestion() {
    Instant before = Instant.ofEpochSecond(1000);
    Instant after = before.plusMillis(400);
    ClockOffset off = ClockOffset.between(before, "1300.200000000", after).orElseThrow();
    assertThat(off.seconds()).isEqualTo(300);
    assertThat(off.plusMinusSeconds()).isEqualTo(0.2);
    assertThat(ClockOffset.between(before, "1300", after)).isEmpty();
  }
}
