package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.fact.PortProbe.State;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tries the swarm's TCP ports from each node to each other one.
final class TcpProbing {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MANAGEMENT = 2377;
  private static final int GOSSIP = 7946;

  private TcpProbing() {}

  static List<PortProbe> of(List<Station> stations, List<Member> members) {
    return Together.map(
            stations,
            LIMIT.plusSeconds(5),
            station -> from(station, members),
            station -> unknown(station, members, "no result in time"))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<PortProbe> from(Station station, List<Member> members) {
    List<PortProbe> wanted = unknown(station, members, "");
    Map<String, Member> byAddress = new HashMap<>();
    members.forEach(member -> byAddress.put(member.address(), member));
    var input = new StringBuilder();
    for (PortProbe one : wanted) {
      byAddress.forEach((address, member) -> {
        if (member.name().equals(one.to())) {
          input.append(address).append(' ').append(one.port()).append('\n');
        }
      });
    }
    try {
      // The script is the argument of sh; what it tries comes by its input.
      String said =
          station
              .shell()
              .run(
                  "sh -c " + quoted(Scripts.CONNECT),
                  input.toString().getBytes(StandardCharsets.UTF_8),
                  LIMIT)
              .out();
      return results(station, wanted, byAddress, said);
    } catch (SshException e) {
      return unknown(station, members, HostReading.message(e));
    }
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static List<PortProbe> results(
      Station station, List<PortProbe> wanted, Map<String, Member> byAddress, String said) {
    Map<String, State> states = new HashMap<>();
    for (String line : said.lines().toList()) {
      String[] cells = line.split(" ", -1);
      Member member = cells.length == 3 ? byAddress.get(cells[0]) : null;
      if (member != null) {
        states.put(member.name() + " " + cells[1], state(cells[2]));
      }
    }
    return wanted.stream()
        .map(one -> {
          State state = states.getOrDefault(one.to() + " " + one.port(), State.UNKNOWN);
          return new PortProbe(
              station.member().name(), one.to(), one.port(), "tcp", state, evidence(state));
        })
        .toList();
  }

  private static State state(String word) {
    try {
      return State.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return State.UNKNOWN;
    }
  }

  private static String evidence(State state) {
    return switch (state) {
      case OPEN -> "a connection opened";
      case REFUSED -> "the connection was refused";
      case SILENT -> "no response within 3 s";
      case UNREACHABLE -> "no way to the machine";
      case UNKNOWN -> "neither bash, python3 nor nc is there to try it";
    };
  }

  /// All ports to try, none of them tried yet. Nodes that are down are left out.
  private static List<PortProbe> unknown(Station station, List<Member> members, String why) {
    String from = station.member().name();
    var probes = new ArrayList<PortProbe>();
    for (Member to : members) {
      if (to.name().equals(from) || to.address().isEmpty() || !to.isUp()) {
        continue;
      }
      if (to.isManager()) {
        probes.add(new PortProbe(from, to.name(), MANAGEMENT, "tcp", State.UNKNOWN, why));
      }
      probes.add(new PortProbe(from, to.name(), GOSSIP, "tcp", State.UNKNOWN, why));
    }
    return probes;
  }
}
