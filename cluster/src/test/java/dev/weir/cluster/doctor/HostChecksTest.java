package dev.weir.cluster.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.doctor.fact.ApiProbe;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.fact.PortProbe.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Checks of what nodes show over SSH.
class HostChecksTest {
  @Test
  void whatIsNotSeenIsSaid() {
    Facts facts = RecordedSwarm.healthy().without("b2", "disk").facts();
    assertThat(RecordedSwarm.found(facts, "disk")).isEmpty();
    assertThat(RecordedSwarm.unseen(facts, "disk"))
        .containsExactly("b2: the disk's free space not readable");
    Facts engineOnly = RecordedSwarm.asRecorded().facts();
    assertThat(RecordedSwarm.unseen(engineOnly, "disk"))
        .hasSize(3)
        .allMatch(one -> one.endsWith("no SSH to it (--ssh, or --cluster)"));
  }

  @Test
  void withoutSudo() {
    RecordedSwarm swarm =
        RecordedSwarm.healthy().change("b2", "@@ user 0\n root", "@@ user 0\n none");
    Facts facts = swarm.without("b2", "certificate").facts();
    assertThat(RecordedSwarm.unseen(facts, "certificates"))
        .containsExactly("b2: the node's certificate not readable (needs sudo without a password)");
  }

  @Test
  void ports() {
    List<PortProbe> probes =
        List.of(
            new PortProbe("b1", "b2", 7946, "tcp", State.OPEN, "a connection opened"),
            new PortProbe("b2", "b1", 2377, "tcp", State.SILENT, "no response within 3 s"),
            new PortProbe("b2", "b1", 4789, "udp", State.UNKNOWN, "too much other traffic to tell"),
            new PortProbe(
                "b1", "b2", 4789, "udp", State.UNKNOWN, "too much other traffic to tell"));
    Facts facts =
        RecordedSwarm.healthy().change("b3", "@@ gossip 0\n 0", "@@ gossip 0\n 7").facts();
    assertThat(RecordedSwarm.found(facts.with(probes, List.of()), "ports"))
        .containsExactly(
            "critical b2 -> b1: 2377/tcp does not get through: no response within 3 s",
            "critical b3: 7946/udp does not get through to or from it: its Engine said so 7 times in the"
                + " last minute");
    assertThat(RecordedSwarm.unseen(facts.with(probes, List.of()), "ports"))
        .containsExactly("2 pairs: 4789/udp: too much other traffic to tell");
  }

  @Test
  void clocks() {
    RecordedSwarm swarm = RecordedSwarm.healthy().ahead("b2", Duration.ofMinutes(-5));
    assertThat(swarm.found("clock"))
        .containsExactly(
            "critical b2: its clock is 5 min behind the other nodes', give or take 20 ms");
    assertThat(swarm.ahead("b2", Duration.ofMillis(-3500)).found("clock"))
        .containsExactly(
            "warning b2: its clock is 3.5 s behind the other nodes', give or take 20 ms");
    assertThat(swarm.ahead("b2", Duration.ofMillis(2030)).found("clock")).isEmpty();
    for (String name : List.of("b1", "b2", "b3")) {
      swarm.ahead(name, Duration.ofMinutes(-3));
    }
    assertThat(swarm.found("clock"))
        .containsExactly("warning this machine: its clock is ahead of the nodes' by 3 min");
  }

  @Test
  void packetSizes() {
    RecordedSwarm swarm = RecordedSwarm.healthy().change("b2", " eth0 1500", " eth0 1450");
    assertThat(swarm.found("mtu"))
        .containsExactly(
            "warning b2: its card passes 1450 bytes; made for larger ones: app, ingress",
            "note swarm: cards of different sizes: 1450 bytes on b2; 1500 bytes on b1, b3");
    for (String name : List.of("app", "ingress")) {
      swarm
          .network(name)
          .withObjectProperty("Options")
          .put("com.docker.network.driver.mtu", "1450");
    }
    assertThat(swarm.found("mtu")).singleElement().asString().startsWith("note swarm");
  }

  @Test
  void disks() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    swarm.change("b2", "264212084 15737656  79763608", "26421208 15737656  1976360");
    assertThat(swarm.found("disk"))
        .containsExactly("warning b2: 1.9 GiB of 25.2 GiB free for Docker");
    swarm.change("b2", "26421208 15737656  1976360", "26421208 15737656  97636");
    assertThat(swarm.found("disk"))
        .containsExactly("critical b2: 95 MiB of 25.2 GiB free for Docker");
  }

  @Test
  void exposedEngines() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    var asked =
        List.of(
            new ApiProbe("b1", 2375, ApiProbe.State.CLOSED),
            new ApiProbe("b2", 2375, ApiProbe.State.PLAIN),
            new ApiProbe("b3", 2375, ApiProbe.State.SILENT));
    String listener =
        " LISTEN 0      4096               *:2375             *:*    users:((\"dockerd\",pid=361,fd=7))\n";
    swarm.change("b3", "@@ certificate 0", listener + "@@ certificate 0");
    assertThat(RecordedSwarm.found(swarm.facts().with(List.of(), asked), "exposed-api"))
        .containsExactly(
            "critical b2: port 2375 gives everybody the Engine: it responded to this machine without"
                + " TLS",
            "critical b3: dockerd listens on port 2375 of *");
    Facts engineOnly = RecordedSwarm.asRecorded().facts().with(List.of(), asked);
    assertThat(RecordedSwarm.unseen(engineOnly, "exposed-api")).hasSize(1);
  }

  @Test
  void certificates() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    assertThat(swarm.found("certificates")).isEmpty();
    swarm.info().put("SystemTime", "2027-02-24T00:00:00Z");
    assertThat(swarm.found("certificates"))
        .hasSize(3)
        .allMatch(one -> one.startsWith("warning b") && one.contains("expires in"));
    swarm.info().put("SystemTime", "2046-11-24T00:00:00Z");
    assertThat(swarm.found("certificates"))
        .anyMatch(one -> one.startsWith("critical the swarm's CA: expired on"))
        .anyMatch(one -> one.startsWith("critical b1: its certificate expired on 2027-02-26"));
    swarm.info().put("SystemTime", "2026-11-28T00:00:00Z");
    assertThat(swarm.found("certificates"))
        .anyMatch(one -> one.startsWith("critical b1: its certificate is valid only from"));
  }

  @Test
  void changesOfTheAuthority() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    swarm
        .node("b2")
        .withObjectProperty("Description")
        .withObjectProperty("TLSInfo")
        .put("TrustRoot", "another");
    assertThat(swarm.found("certificates"))
        .containsExactly("warning b2: trusts another CA than the swarm");
    swarm.cluster().put("RootRotationInProgress", true);
    swarm
        .cluster()
        .withObjectProperty("Spec")
        .withObjectProperty("CAConfig")
        .put("NodeCertExpiry", 3_600_000_000_000L);
    assertThat(swarm.found("certificates"))
        .containsExactly(
            "note the swarm's CA: is being replaced",
            "note the swarm's CA: certificates of nodes live 60 min");
  }

  @Test
  void liveRestore() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    assertThat(swarm.found("live-restore")).isEmpty();
    swarm.change("b2", "@@ settings 0", "@@ settings 0\n \"live-restore\":true");
    assertThat(swarm.found("live-restore")).containsExactly("critical b2: live-restore is on");
  }

  @Test
  void firewalls() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    assertThat(swarm.found("firewall")).isEmpty();
    swarm.change("b1", "DOCKER", "OTHER");
    swarm.change("b2", "@@ firewall 0", "@@ firewall 0\n firewalld\n ufw");
    assertThat(swarm.found("firewall"))
        .containsExactly(
            "critical b1: the firewall forwards nothing, and has no rules of Docker",
            "note b2: firewalld is active",
            "note b2: ufw is active");
  }

  @Test
  void kernelsWithoutIpvs() {
    assertThat(RecordedSwarm.healthy().found("ipvs"))
        .containsExactly("note b1, b2, b3: the kernel has no IPVS");
    RecordedSwarm used = RecordedSwarm.asRecorded().withReport("b1").withReport("b2");
    assertThat(used.found("ipvs"))
        .containsExactly("warning b1, b2: the kernel has no IPVS; in need of it: good");
    assertThat(used.change("b1", "@@ ipvs 0\n none", "@@ ipvs 0\n loaded").found("ipvs"))
        .containsExactly("warning b2: the kernel has no IPVS; in need of it: good");
  }
}
