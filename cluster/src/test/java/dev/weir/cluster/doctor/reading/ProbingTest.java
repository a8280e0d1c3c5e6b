package dev.weir.cluster.doctor.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.doctor.RecordedSwarm;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.fact.PortProbe.State;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Connections between nodes, on a network that a test makes up.
class ProbingTest {
  private final Facts facts = RecordedSwarm.healthy().facts();
  private final Set<String> blocked = new HashSet<>();
  private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
  private long noise;
  private boolean hasBash = true;

  /// Three nodes, each a shell.
  private List<Station> stations() {
    return facts.members().stream().map(member -> new Station(member, shell(member))).toList();
  }

  private NodeShell shell(Member from) {
    return (line, input, _) -> run(from, line, new String(input, StandardCharsets.US_ASCII));
  }

  private CommandOutput run(Member from, String line, String input) throws SshException {
    if (blocked.contains(from.name())) {
      throw new SshException(SshException.Kind.LOST, from.name() + ": the connection broke");
    }
    if (line.startsWith("cat /proc/net/snmp")) {
      long counted = counter(from.address()).addAndGet(noise);
      return new CommandOutput(
          0,
          "Udp: InDatagrams NoPorts InErrors\nUdp: %d 7 0\nUdp6NoPorts 1\n".formatted(counted),
          "");
    }
    return line.contains("/dev/udp/") ? burst(from, input) : connect(from, input);
  }

  private CommandOutput burst(Member from, String input) {
    String[] words = input.strip().split(" ", -1);
    if (!blocked.contains("%s>%s/udp".formatted(from.address(), words[0]))) {
      counter(words[0]).addAndGet(Long.parseLong(words[2]));
    }
    return new CommandOutput(hasBash ? 0 : 99, "", "");
  }

  private CommandOutput connect(Member from, String input) {
    var said = new StringBuilder();
    for (String line : input.lines().toList()) {
      boolean off = blocked.contains("%s>%s".formatted(from.address(), line));
      said.append(line).append(off ? " silent\n" : " open\n");
    }
    return new CommandOutput(0, said.toString(), "");
  }

  private AtomicLong counter(String address) {
    return counters.computeIfAbsent(address, _ -> new AtomicLong());
  }

  @Test
  void everyPairIsTried() {
    assertThat(TcpProbing.of(stations(), facts.members()))
        .hasSize(8) // 6 pairs with 7946, and 2377 of the manager from two
        .allMatch(probe -> probe.state() == State.OPEN && probe.protocol().equals("tcp"));
    assertThat(UdpProbing.of(stations(), 4789))
        .hasSize(6)
        .allMatch(probe -> probe.state() == State.OPEN && probe.port() == 4789);
  }

  @Test
  void whatIsBlockedIsFound() {
    blocked.add("198.18.0.42>198.18.0.41 2377");
    blocked.add("198.18.0.43>198.18.0.42/udp");
    List<PortProbe> tcp = TcpProbing.of(stations(), facts.members());
    assertThat(tcp.stream().filter(probe -> probe.state() != State.OPEN))
        .containsExactly(
            new PortProbe("b2", "b1", 2377, "tcp", State.SILENT, "no response within 3 s"));
    assertThat(UdpProbing.of(stations(), 4789).stream().filter(p -> p.state() != State.OPEN))
        .containsExactly(
            new PortProbe(
                "b3",
                "b2",
                4789,
                "udp",
                State.SILENT,
                "of 200 datagrams the receiver counted none"));
  }

  @Test
  void whatCannotBeToldIsUnknown() {
    noise = 100_000;
    assertThat(UdpProbing.of(stations(), 4789))
        .allMatch(probe -> probe.state() == State.UNKNOWN)
        .allMatch(probe -> probe.evidence().equals("too much other traffic to tell"));
    noise = 0;
    hasBash = false;
    assertThat(UdpProbing.of(stations(), 4789))
        .allMatch(probe -> probe.evidence().equals("neither bash nor python3 is there to send"));
    blocked.add("b2");
    assertThat(TcpProbing.of(stations(), facts.members()))
        .filteredOn(probe -> probe.from().equals("b2"))
        .hasSize(3)
        .allMatch(probe -> probe.state() == State.UNKNOWN)
        .allMatch(probe -> probe.evidence().equals("b2: the connection broke"));
  }

  @Test
  void theCountersOfAKernel() {
    assertThat(UdpProbing.sum("")).isEmpty();
    assertThat(
            UdpProbing.sum(
                """
                Tcp: ActiveOpens
                Tcp: 5
                Udp: InDatagrams NoPorts InErrors OutDatagrams
                Udp: 598 94 1 395
                UdpLite: InDatagrams NoPorts
                UdpLite: 9 9
                Udp6InDatagrams                 10
                Udp6NoPorts                     20
                """))
        .hasValue(723);
  }

  @Test
  void lateOnesAreNotWaitedFor() {
    List<String> results =
        Together.map(
            List.of("fast", "slow"),
            Duration.ofMillis(200),
            name -> name.equals("slow") ? forever() : name,
            name -> name + " is late");
    assertThat(results).containsExactly("fast", "slow is late");
  }

  private static String forever() {
    try {
      Thread.currentThread().join();
      return "never";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
