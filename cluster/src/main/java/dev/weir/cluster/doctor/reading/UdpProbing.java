package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.fact.PortProbe.State;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Tries the port of overlay networks from each node to each other one.
///
/// Nothing ever responds on this port, so the receiver counts: it compares its kernel's counters of
/// datagrams before and after a burst. The kernel drops the burst, since it is no overlay's
/// traffic. A firewall or a security group on the way keeps it from being counted.
final class UdpProbing {
  private static final int BURST = 200;

  /// More than this of other traffic during the burst, and the count says nothing.
  private static final long NOISE_MAX = 60;

  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration ROUND_MAX = Duration.ofSeconds(20);
  private static final Duration ALL_MAX = Duration.ofSeconds(40);

  private UdpProbing() {}

  /// In rounds: in each, every node sends to one other, and every node receives from one.
  static List<PortProbe> of(List<Station> stations, int port) {
    var probes = new ArrayList<PortProbe>();
    long end = System.nanoTime() + ALL_MAX.toNanos();
    int count = stations.size();
    for (int round = 1; round < count; round++) {
      var pairs = new ArrayList<Pair>();
      for (int i = 0; i < count; i++) {
        pairs.add(new Pair(stations.get(i), stations.get((i + round) % count), port));
      }
      boolean late = System.nanoTime() > end;
      probes.addAll(
          late
              ? pairs.stream().map(pair -> pair.unknown("no time was left to try it")).toList()
              : Together.map(
                  pairs,
                  ROUND_MAX,
                  UdpProbing::attempt,
                  pair -> pair.unknown("no result in time")));
    }
    return probes;
  }

  /// Who sends to whom.
  private record Pair(Station from, Station to, int port) {
    PortProbe result(State state, String evidence) {
      return new PortProbe(from.member().name(), to.member().name(), port, "udp", state, evidence);
    }

    PortProbe unknown(String why) {
      return result(State.UNKNOWN, why);
    }
  }

  private static PortProbe attempt(Pair pair) {
    try {
      OptionalLong quietFrom = counted(pair.to());
      long began = System.nanoTime();
      OptionalLong quietTo = counted(pair.to());
      long quietNanos = System.nanoTime() - began;
      began = System.nanoTime();
      CommandOutput sent = send(pair);
      OptionalLong after = counted(pair.to());
      long sendNanos = System.nanoTime() - began;
      if (!sent.succeeded()) {
        return pair.unknown("neither bash nor python3 is there to send");
      }
      if (quietFrom.isEmpty() || quietTo.isEmpty() || after.isEmpty()) {
        return pair.unknown("the receiver shows no counters");
      }
      double noise =
          (double) (quietTo.getAsLong() - quietFrom.getAsLong())
              * sendNanos
              / Math.max(1, quietNanos);
      return judged(pair, after.getAsLong() - quietTo.getAsLong(), noise);
    } catch (SshException e) {
      return pair.unknown(HostReading.message(e));
    }
  }

  private static PortProbe judged(Pair pair, long came, double noise) {
    if (noise > NOISE_MAX) {
      return pair.unknown("too much other traffic to tell");
    }
    if (came - noise >= BURST * .5) {
      return pair.result(State.OPEN, "the receiver counted the datagrams");
    }
    return came <= BURST * .1 + noise
        ? pair.result(State.SILENT, "of %d datagrams the receiver counted none".formatted(BURST))
        : pair.unknown("of %d datagrams the receiver counted %d".formatted(BURST, came));
  }

  private static CommandOutput send(Pair pair) throws SshException {
    String input = "%s %d %d\n".formatted(pair.to().member().address(), pair.port(), BURST);
    return pair.from()
        .shell()
        .run(
            "sh -c " + TcpProbing.quoted(Scripts.BURST),
            input.getBytes(StandardCharsets.UTF_8),
            LIMIT);
  }

  /// All UDP datagrams that reached the machine, whether or not a program wanted them.
  private static OptionalLong counted(Station station) throws SshException {
    String said =
        station
            .shell()
            .run("cat /proc/net/snmp /proc/net/snmp6 2>/dev/null", new byte[0], LIMIT)
            .out();
    return sum(said);
  }

  static OptionalLong sum(String counters) {
    long sum = 0;
    boolean found = false;
    List<String> names = List.of();
    for (String line : counters.lines().toList()) {
      List<String> cells = Arrays.asList(line.trim().split("\\s+"));
      if (cells.getFirst().equals("Udp:") && names.isEmpty()) {
        names = cells;
      } else if (cells.getFirst().equals("Udp:")) {
        for (String name : List.of("InDatagrams", "NoPorts", "InErrors")) {
          sum += number(cells, names.indexOf(name));
        }
        found = true;
      } else if (List.of("Udp6InDatagrams", "Udp6NoPorts").contains(cells.getFirst())) {
        sum += number(cells, 1);
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  private static long number(List<String> cells, int index) {
    return index > 0 && index < cells.size() && cells.get(index).matches("[0-9]{1,18}")
        ? Long.parseLong(cells.get(index))
        : 0;
  }
}
