package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.ApiProbe;
import dev.weir.cluster.doctor.fact.ApiProbe.State;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Asks ports of nodes, from this machine, whether an Engine responds without TLS.
final class ApiProbing {
  private static final int PLAIN = 2375;
  private static final Set<Integer> OF_SWARM = Set.of(2377, 7946);
  private static final int CONNECT_MILLIS = 2000;
  private static final int READ_MILLIS = 2000;
  private static final int RESPONSE_BYTES = 2048;

  private ApiProbing() {}

  static List<ApiProbe> of(List<Member> members) {
    var wanted = new ArrayList<Wanted>();
    for (Member member : members) {
      if (!member.address().isEmpty() && member.isUp()) {
        ports(member).forEach(port -> wanted.add(new Wanted(member, port)));
      }
    }
    return Together.map(
        wanted,
        Duration.ofSeconds(15),
        one -> new ApiProbe(one.member().name(), one.port(), ask(one)),
        one -> new ApiProbe(one.member().name(), one.port(), State.SILENT));
  }

  /// A port to ask.
  private record Wanted(Member member, int port) {}

  /// The well-known port, and those on which its Engine listens.
  private static Set<Integer> ports(Member member) {
    var ports = new TreeSet<>(Set.of(PLAIN));
    member
        .report()
        .flatMap(HostReport::listeners)
        .ifPresent(listeners ->
            listeners.stream()
                .filter(one -> one.program().equals("dockerd") && !OF_SWARM.contains(one.port()))
                .forEach(one -> ports.add(one.port())));
    return ports;
  }

  private static State ask(Wanted wanted) {
    try (var socket = new Socket()) {
      // An address, so that no name is looked up.
      InetAddress address = InetAddress.ofLiteral(wanted.member().address());
      socket.connect(new InetSocketAddress(address, wanted.port()), CONNECT_MILLIS);
      socket.setSoTimeout(READ_MILLIS);
      socket
          .getOutputStream()
          .write("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] said = socket.getInputStream().readNBytes(RESPONSE_BYTES);
      return isEngine(new String(said, StandardCharsets.ISO_8859_1)) ? State.PLAIN : State.OTHER;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused") ? State.CLOSED : State.SILENT;
    } catch (IOException | IllegalArgumentException e) {
      return State.SILENT;
    }
  }

  private static boolean isEngine(String response) {
    return response.startsWith("HTTP/1.")
        && response.toLowerCase(java.util.Locale.ROOT).contains("\napi-version:");
  }
}
