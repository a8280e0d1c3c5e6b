package dev.weir.cluster.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.fake.Facts;
import dev.weir.cluster.fake.ScriptedHost;
import dev.weir.cluster.host.ClockOffset;
import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Finding.Severity;
import dev.weir.cluster.host.Machine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostChecksTest {
  @Test
  void aMachineInOrderHasNoFault() {
    assertThat(found()).extracting(Finding::severity).containsExactly(Severity.OK, Severity.NOTE);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertFaults(
        found(
            "sudo=no",
            "kernel=3.10.0",
            "module.vxlan=no",
            "memory.kib=200000",
            "disk.kib=1000000",
            "hostname=localhost",
            "docker.version=Docker version 19.03.5, build x"),
        "hostname",
        "sudo",
        "kernel",
        "kernel module",
        "memory",
        "disk",
        "engine");
    assertFaults(found("sudo=absent", "docker.snap=yes"), "sudo", "engine");
    assertFaults(found("os=alpine", "has.apt-get="), "engine");
  }

  @Test
  void whatCannotBeKnownIsNotOk() {
    List<Finding> findings = found("module.vxlan=unknown", "memory.kib=");
    assertThat(findings)
        .filteredOn(one -> one.severity() == Severity.UNKNOWN)
        .extracting(Finding::check)
        .containsExactly("kernel module", "memory");
    assertThat(findings).noneMatch(Finding::isFault);
  }

  @Test
  void aClockCountsOnceItsErrorIsTakenOff() {
    assertThat(clock(0.9, 0.1)).isEmpty();
    assertThat(clock(1.4, 0.5)).isEmpty();
    assertThat(clock(-5, 0.5)).hasValue(Severity.WARNING);
    assertThat(clock(300, 0.5)).hasValue(Severity.FAULT);
    assertThat(clock(31, 2)).hasValue(Severity.WARNING);
  }

  @Test
  void oneAddressIsChosenAndOfSeveralOnlyAClearOne() {
    assertThat(address(Optional.empty())).isEqualTo("10.0.0.4");
    String[] two = {"address=eth0 10.0.0.4 1500\naddress=eth1 192.0.2.7 1500"};
    assertThat(address(Optional.empty(), two)).isEqualTo("10.0.0.4");
    assertThat(address(Optional.of("eth1"), two)).isEqualTo("192.0.2.7");
    assertThat(address(Optional.of("192.0.2.7"), two)).isEqualTo("192.0.2.7");
    assertThat(address(Optional.of("eth7"), two)).startsWith("eth7 is not there; it has 10.0.0.4");
    assertThat(address(Optional.empty(), "address=eth0 10.0.0.4 1500\naddress=eth1 10.1.0.4 1500"))
        .startsWith("several addresses: 10.0.0.4 (eth0), 10.1.0.4 (eth1)");
  }

  @Test
  void firewallsGetTheirOwnCommands() {
    List<String> ports = List.of("udp:4789");
    List<String> peers = List.of("10.0.0.5");
    assertThat(Ports.opening(Optional.of("ufw"), ports, peers))
        .isEqualTo("sudo ufw allow proto udp from 10.0.0.5 to any port 4789");
    assertThat(Ports.opening(Optional.of("firewalld"), ports, peers))
        .isEqualTo(
            "sudo firewall-cmd --permanent --add-rich-rule='rule family=ipv4 source address=10.0.0.5 port port=4789 protocol=udp accept'; sudo firewall-cmd --reload");
    assertThat(Ports.opening(Optional.empty(), ports, peers))
        .startsWith("open 4789/udp from 10.0.0.5");
  }

  private static void assertFaults(List<Finding> findings, String... checks) {
    assertThat(findings)
        .filteredOn(Finding::isFault)
        .allMatch(one -> !one.fix().isEmpty())
        .extracting(Finding::check)
        .containsExactly(checks);
  }

  private static Optional<Severity> clock(double seconds, double plusMinus) {
    return HostChecks.of(machine(Optional.of(new ClockOffset(seconds, plusMinus)))).stream()
        .filter(one -> one.check().equals("clock"))
        .map(Finding::severity)
        .findFirst();
  }

  private static String address(Optional<String> wanted, String... lines) {
    return switch (AdvertiseChoice.of(Facts.read("b1", lines), wanted, "b1")) {
      case AdvertiseChoice.Chosen(var address) -> address.ip();
      case AdvertiseChoice.Unclear(var found, _) -> found;
    };
  }

  private static List<Finding> found(String... lines) {
    return HostChecks.of(machine(Optional.of(new ClockOffset(0, 0)), lines));
  }

  private static Machine machine(Optional<ClockOffset> clock, String... lines) {
    return new Machine(new ScriptedHost("b1"), Facts.read("b1", lines), clock);
  }
}
