package dev.weir.cluster.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cluster.fake.Facts;
import dev.weir.cluster.fake.FakeWaits;
import dev.weir.cluster.fake.ScriptedHost;
import dev.weir.cluster.host.HostFacts;
import dev.weir.ssh.CommandOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InstallerTest {
  private static final CommandOutput FINE = new CommandOutput(0, "", "");
  private static final CommandOutput HELD =
      new CommandOutput(0, "unattended-upgr (process 316)\n", "");
  private static final String LOCKS = "holds a lock";

  private final List<String> notes = new ArrayList<>();
  private final FakeWaits waits = new FakeWaits();

  @Test
  void eachDistributionHasItsPackages() {
    assertThat(packages()).hasToString("docker.io");
    assertThat(packages("apparmor=yes")).hasToString("docker.io apparmor");
    assertThat(packages("os=linuxmint", "os.like=ubuntu debian")).hasToString("docker.io");
    assertThat(packages("os=amzn", "os.version=2023")).hasToString("docker");
    assertThat(packages("os=fedora", "has.dnf=yes")).hasToString("moby-engine");
    assertThat(packages("os=rocky", "os.like=rhel centos fedora", "has.dnf=yes"))
        .isInstanceOfSatisfying(
            Packages.ByHand.class, hand -> assertThat(hand.words()).contains("Docker's own"));
    assertThat(packages("os=rocky", "has.dnf=yes", "docker.repository=yes"))
        .hasToString("docker-ce docker-ce-cli containerd.io");
    assertThat(packages("os=amzn", "os.version=2")).isInstanceOf(Packages.ByHand.class);
    assertThat(packages("os=alpine")).isInstanceOf(Packages.ByHand.class);
  }

  @Test
  void aHeldLockIsWaitedForAndItsHolderNamed() throws Exception {
    var host = new ScriptedHost("b1").on(LOCKS, HELD, HELD, FINE).on("apt", FINE);
    installer(host).install(packages());
    assertThat(notes).hasSize(2).allMatch(note -> note.contains("unattended-upgr (process 316)"));
    assertThat(notes.getLast()).endsWith("waited 3 s of at most 300");
    assertThat(host.commands().getLast())
        .isEqualTo("sudo -n bash -s 'docker.io' 'docker-cli ca-certificates'");
  }

  @Test
  void aLockThatStaysEndsTheWait() {
    var host = new ScriptedHost("b1").on(LOCKS, HELD);
    assertThatThrownBy(() -> installer(host).install(packages()))
        .isInstanceOf(InstallException.class)
        .hasMessage(
            "b1: the package manager has been in use for 5 min by unattended-upgr (process 316) (end that, then run this again)");
  }

  @Test
  void whoIsFasterAfterTheLookIsWaitedForToo() throws Exception {
    var lost =
        new CommandOutput(100, "", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held");
    var host = new ScriptedHost("b1").on(LOCKS, FINE).on("apt", lost, FINE);
    installer(host).install(packages());
    assertThat(host.commands()).filteredOn(each -> each.contains("docker.io")).hasSize(2);
  }

  @Test
  void aFailureIsSaidInTheManagersWords() {
    var failed = new CommandOutput(100, "Reading\n", "E: Unable to locate package docker.io\n");
    var host = new ScriptedHost("b1").on(LOCKS, FINE).on("apt", failed);
    assertThatThrownBy(() -> installer(host).install(packages()))
        .hasMessage(
            "b1: installing docker.io failed with code 100: E: Unable to locate package docker.io (see it there: sudo apt-get install docker.io)");
  }

  @Test
  void theGroupCountsForANewLogin() throws Exception {
    var host = new ScriptedHost("b1");
    var installer = installer(host);
    installer.start();
    installer.allow();
    assertThat(host.commands().getFirst()).isEqualTo("sudo -n systemctl enable --now docker 2>&1");
    assertThat(host.commands().get(1)).contains("usermod -aG docker", "'admin'");
    assertThat(host.commands().getLast()).isEqualTo("reconnect");
  }

  private static Packages packages(String... lines) {
    return Packages.of(Facts.read("b1", lines));
  }

  private Installer installer(ScriptedHost host) {
    HostFacts facts = Facts.read("b1");
    return new Installer(host, facts, notes::add, waits);
  }
}
