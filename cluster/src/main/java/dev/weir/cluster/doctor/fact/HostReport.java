package dev.weir.cluster.doctor.fact;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a node shows of itself, as `report.sh` prints it. Each part is empty if the node would not
/// show it.
public final class HostReport {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern HEAD = Pattern.compile("@@ ([a-z]+) ([0-9]{1,3})");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+: (\\S+) +inet6? ([0-9a-fA-F.:]+)/");
  private static final Pattern ROUTE = Pattern.compile("([0-9./]+) (?:via \\S+ )?dev (\\S+).*");
  private static final Pattern LISTENER =
      Pattern.compile(
          "LISTEN +[0-9]+ +[0-9]+ +(\\S+):([0-9]+) +\\S+ *(?:users:\\(\\(\"([^\"]+)\".*)?");

  private final Map<String, List<String>> parts = new HashMap<>();

  /// A part of a disk.
  ///
  /// @param total in KiB, or inodes
  /// @param free likewise
  public record Space(long total, long free) {}

  /// A TCP port on which a program listens.
  ///
  /// @param address where; `*` for all addresses
  /// @param port the port
  /// @param program its name; empty if unknown
  public record Listener(String address, int port, String program) {
    /// Whether other machines can reach it as far as the program is concerned.
    public boolean isOpen() {
      return !address.startsWith("127.") && !address.equals("[::1]") && !address.equals("::1");
    }
  }

  /// A container that holds the Engine's socket.
  ///
  /// @param name its name
  /// @param image its image
  /// @param ports what it publishes; empty for nothing
  /// @param service the service that it belongs to; empty for none
  public record Holder(String name, String image, String ports, String service) {}

  /// A network that the node reaches by a card that is not Docker's.
  ///
  /// @param subnet the range
  /// @param card the card
  public record Route(Subnet subnet, String card) {}

  /// Reads what the script printed.
  public HostReport(String printed) {
    List<String> part = new ArrayList<>();
    for (String line : printed.lines().toList()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        part = new ArrayList<>();
        if (head.group(2).equals("0")) {
          parts.put(head.group(1), part);
        }
      } else if (line.length() > 1) {
        part.add(line.substring(1));
      }
    }
  }

  /// Whether the script could use root's rights.
  public boolean isRoot() {
    return lines("user").stream().anyMatch(lines -> lines.contains("root"));
  }

  /// `GET /info` of its Engine.
  public Optional<JsonNode> info() {
    try {
      return lines("info").map(lines -> MAPPER.readTree(String.join("", lines)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// The containers that hold the Engine's socket.
  public Optional<List<Holder>> holders() {
    return lines("holders")
        .map(lines ->
            lines.stream()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 4)
                .map(cells -> new Holder(cells[0], cells[1], cells[2], cells[3]))
                .toList());
  }

  /// All addresses of its cards, each with its card.
  public Map<String, String> addresses() {
    var cards = new HashMap<String, String>();
    matches("addresses", ADDRESS, true).forEach(found -> cards.put(found.group(2), found.group(1)));
    return cards;
  }

  /// The largest packet of the card that has an address, in bytes.
  public OptionalInt mtuOf(String address) {
    String card = addresses().getOrDefault(address, "");
    return lines("cards").orElse(List.of()).stream()
        .map(line -> line.split(" "))
        .filter(
            cells -> cells.length == 2 && cells[0].equals(card) && cells[1].matches("[0-9]{1,7}"))
        .mapToInt(cells -> Integer.parseInt(cells[1]))
        .findFirst();
  }

  /// The networks that it reaches by cards of its own, as far as they have a range.
  public Optional<List<Route>> routes() {
    return lines("routes")
        .map(_ ->
            matches("routes", ROUTE, false)
                .filter(found -> !isDockers(found.group(2)))
                .flatMap(found ->
                    Subnet.parse(found.group(1)).map(s -> new Route(s, found.group(2))).stream())
                .toList());
  }

  private static boolean isDockers(String card) {
    return card.startsWith("docker") || card.startsWith("br-") || card.startsWith("veth");
  }

  /// The disk of the Engine's folder, in KiB.
  public Optional<Space> disk() {
    return space("disk");
  }

  /// The inodes of the Engine's folder.
  public Optional<Space> inodes() {
    return space("inodes");
  }

  private Optional<Space> space(String part) {
    return lines(part)
        .filter(lines -> lines.size() == 2)
        .map(lines -> lines.getLast().trim().split(" +"))
        .filter(cells -> cells.length >= 6 && (cells[1] + cells[3]).matches("[0-9]{2,36}"))
        .map(cells -> new Space(Long.parseLong(cells[1]), Long.parseLong(cells[3])));
  }

  /// The TCP ports on which it listens.
  public Optional<List<Listener>> listeners() {
    return lines("listening")
        .map(_ ->
            matches("listening", LISTENER, false)
                .map(found ->
                    new Listener(
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Optional.ofNullable(found.group(3)).orElse("")))
                .toList());
  }

  /// Its certificate as a member of the swarm.
  public Optional<X509Certificate> certificate() {
    return lines("certificate").flatMap(lines -> certificate(String.join("\n", lines)));
  }

  /// Reads a certificate in PEM; empty if it is none.
  public static Optional<X509Certificate> certificate(String pem) {
    try {
      var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
      return CertificateFactory.getInstance("X.509").generateCertificate(in)
              instanceof X509Certificate read
          ? Optional.of(read)
          : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /// Whether `daemon.json` has a setting with this value.
  public Optional<Boolean> isSet(String setting, boolean value) {
    return lines("settings").map(lines -> lines.contains("\"%s\":%s".formatted(setting, value)));
  }

  /// The rules of the chain FORWARD.
  public Optional<List<String>> forwardRules() {
    return lines("forward");
  }

  /// The firewalls that are active: `firewalld`, `ufw`.
  public Optional<List<String>> firewalls() {
    return lines("firewall");
  }

  /// Whether the kernel has IPVS: `loaded`, `module` or `none`.
  public Optional<String> ipvs() {
    return lines("ipvs").filter(lines -> lines.size() == 1).map(List::getFirst);
  }

  /// How many warnings of the last minute say that another node responds by TCP, and not by UDP.
  public OptionalInt gossipWarnings() {
    return lines("gossip").orElse(List.of()).stream()
        .filter(line -> line.matches("[0-9]{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  private Optional<List<String>> lines(String part) {
    return Optional.ofNullable(parts.get(part));
  }

  private Stream<MatchResult> matches(String part, Pattern pattern, boolean atStart) {
    return lines(part).orElse(List.of()).stream()
        .map(line -> pattern.matcher(line.strip()))
        .filter(found -> atStart ? found.lookingAt() : found.matches())
        .map(Matcher::toMatchResult);
  }
}
