package dev.weir.swarm.stack.read;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The short form of a published port: `[IP:][PUBLISHED[-END]:]TARGET[-END][/PROTOCOL]`.
final class ShortPorts {
  /// How many ports a service may publish: twice as many as a telephone exchange needs. The swarm
  /// keeps a firewall rule for each.
  static final int PUBLISHED_MAX = 20_000;

  private static final int PORT_MAX = 65_535;
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]+(%.*)?");

  /// One published port.
  ///
  /// @param published 0 leaves the choice to the swarm
  /// @param address as written; Swarm ignores it and listens on all addresses
  record Port(int target, int published, String protocol, String address) {}

  /// Ports from one to another, both counted.
  private record Range(int start, int end) {
    int length() {
      return end - start;
    }
  }

  private ShortPorts() {}

  /// One entry before it is expanded port by port.
  private record Entry(
      Range targets, Range published, boolean any, String protocol, String address) {
    List<Port> ports() {
      List<Port> ports = new ArrayList<>();
      if (targets.length() == 0) {
        for (int port = published.start(); port <= published.end(); port++) {
          ports.add(new Port(targets.start(), port, protocol, address));
        }
        return ports;
      }
      for (int i = 0; i <= targets.length(); i++) {
        ports.add(
            new Port(targets.start() + i, any ? 0 : published.start() + i, protocol, address));
      }
      // The docker CLI orders them as text: 100 before 99.
      ports.sort(Comparator.comparing(port -> port.target() + "/" + port.protocol()));
      return ports;
    }

    int count() {
      return Math.max(targets.length(), published.length()) + 1;
    }
  }

  /// Refuses what [#parse] would, without expanding it.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  static void check(String text) {
    entry(text, Integer.MAX_VALUE);
  }

  /// The ports of an entry.
  ///
  /// @param max how many there may be
  /// @throws IllegalArgumentException saying what is wrong
  static List<Port> parse(String text, int max) {
    return entry(text, max).ports();
  }

  private static Entry entry(String text, int max) {
    int last = text.lastIndexOf(':');
    String container = text.substring(last + 1);
    String before = last < 0 ? "" : text.substring(0, last);
    int middle = before.lastIndexOf(':');
    String host = before.substring(middle + 1);
    String address = address(middle < 0 ? "" : before.substring(0, middle));

    int slash = container.indexOf('/');
    String[] parts = container.split("/", -1);
    String protocol = slash < 0 || parts[1].isEmpty() ? "tcp" : parts[1].toLowerCase(Locale.ROOT);
    if (parts[0].isEmpty()) {
      throw new IllegalArgumentException("no port given (expected: such as 80 or 8080:80)");
    }
    Range targets = range(parts[0]);
    Range published = host.isEmpty() ? new Range(0, 0) : range(host);
    if (!host.isEmpty() && targets.length() != published.length() && targets.length() != 0) {
      throw new IllegalArgumentException("ranges of different length");
    }
    if (!PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException(
          "protocol %s (expected: tcp, udp or sctp)".formatted(protocol));
    }
    var entry = new Entry(targets, published, host.isEmpty(), protocol, address);
    if (entry.count() > max) {
      throw new IllegalArgumentException(
          "a service publishes at most %d ports".formatted(PUBLISHED_MAX));
    }
    return entry;
  }

  private static String address(String text) {
    if (text.isEmpty()) {
      return "";
    }
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String inner = bracketed ? text.substring(1, text.length() - 1) : text;
    if (!ADDRESS.matcher(inner).matches() || !isAddress(inner)) {
      throw new IllegalArgumentException("%s is not an IP address".formatted(inner));
    }
    return inner;
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return text.contains(":") || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Range range(String text) {
    String[] ends = text.split("-", -1);
    int start = port(ends[0], text);
    int end = ends.length == 1 ? start : port(ends[1], text);
    if (end < start) {
      throw refusal(text);
    }
    return new Range(start, end);
  }

  private static int port(String digits, String text) {
    if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) > PORT_MAX) {
      throw refusal(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "%s is not a port or range (expected: 0 to %d)".formatted(text, PORT_MAX));
  }
}
