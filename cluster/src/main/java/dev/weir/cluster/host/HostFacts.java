package dev.weir.cluster.host;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a machine says about itself, read by one script that changes nothing.
///
/// @param values all values of each key, in order
public record HostFacts(Map<String, List<String>> values) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern VERSION = Pattern.compile("([0-9]+\\.[0-9]+(?:\\.[0-9]+)?)");
  private static final long KIBIBYTE = 1024;

  /// A network card's address.
  ///
  /// @param card its name, such as `eth0`
  /// @param ip of version 4
  /// @param mtu the largest packet, in bytes; 0 if not known
  public record Address(String card, String ip, int mtu) {}

  /// Whether commands can run as root.
  public enum Sudo {
    /// The account is root.
    ROOT,
    /// It may, without a password.
    YES,
    /// It may not, or needs a password.
    NO,
    /// There is no sudo.
    ABSENT
  }

  /// Asks a machine.
  ///
  /// @throws SshException if it cannot be asked
  public static HostFacts of(Host host) throws SshException {
    CommandOutput output = host.script(Scripts.read(HostFacts.class, "facts.sh"), LIMIT);
    HostFacts facts = parse(output.out());
    if (facts.one("end").isEmpty()) {
      throw new SshException(
          SshException.Kind.LOST,
          "%s: its shell gave no facts: %s (expected: bash, and a login that prints nothing)"
              .formatted(
                  host.name(), output.err().lines().findFirst().orElse("exit " + output.exit())));
    }
    return facts;
  }

  /// Reads lines `key=value`; others are ignored, such as what a login prints.
  public static HostFacts parse(String lines) {
    return new HostFacts(
        lines
            .lines()
            .filter(line -> line.indexOf('=') > 0)
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('=')),
                    TreeMap::new,
                    Collectors.mapping(
                        line -> line.substring(line.indexOf('=') + 1).strip(),
                        Collectors.toList()))));
  }

  /// The value of a key; empty if there is none.
  public Optional<String> one(String key) {
    return all(key).stream().findFirst().filter(value -> !value.isEmpty());
  }

  /// All values of a key.
  public List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /// Whether a fact is stated.
  public boolean has(String key) {
    return one(key).isPresent();
  }

  /// The machine's own name.
  public String hostname() {
    return one("hostname").orElse("");
  }

  /// The account that is logged in.
  public String user() {
    return one("user").orElse("");
  }

  /// Such as `debian` or `amzn`.
  public String distribution() {
    return one("os").orElse("unknown");
  }

  /// The distribution and those that it is like, itself first.
  public List<String> family() {
    return Stream.concat(
            Stream.of(distribution()),
            one("os.like").stream().flatMap(like -> Stream.of(like.split(" +"))))
        .toList();
  }

  /// Such as `Debian GNU/Linux 12 (bookworm)`.
  public String distributionName() {
    return one("os.name").orElse(distribution());
  }

  /// The architecture as the kernel names it, such as `x86_64`.
  public String architecture() {
    return one("arch").orElse("");
  }

  /// The first number of the kernel's version; 0 if there is none.
  public int kernelMajor() {
    Matcher version = VERSION.matcher(one("kernel").orElse(""));
    return version.find() ? Integer.parseInt(version.group(1).replaceFirst("\\..*", "")) : 0;
  }

  /// How commands can run as root.
  public Sudo sudo() {
    return switch (one("sudo").orElse("no")) {
      case "root" -> Sudo.ROOT;
      case "yes" -> Sudo.YES;
      case "absent" -> Sudo.ABSENT;
      default -> Sudo.NO;
    };
  }

  /// What stands before a command that needs root.
  public String asRoot() {
    return sudo() == Sudo.ROOT ? "" : "sudo -n ";
  }

  /// Memory in bytes.
  public OptionalLong memoryBytes() {
    return bytes("memory.kib");
  }

  /// What is free where Docker keeps its data, in bytes.
  public OptionalLong diskFreeBytes() {
    return bytes("disk.kib");
  }

  /// Addresses at which other machines may reach it.
  public List<Address> addresses() {
    return all("address").stream().map(line -> address(line.split(" +"))).toList();
  }

  /// The version of Docker Engine that is installed, such as `20.10.24`.
  public Optional<String> dockerVersion() {
    return one("docker.version")
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /// Whether Docker Engine is installed.
  public boolean hasDocker() {
    return has("docker.version");
  }

  /// Whether the engine runs.
  public boolean isDockerRunning() {
    return has("docker.running");
  }

  /// Whether the account may open the engine's socket.
  public boolean mayUseDocker() {
    return sudo() == Sudo.ROOT
        || one("groups").stream()
            .flatMap(names -> Stream.of(names.split(" +")))
            .anyMatch("docker"::equals);
  }

  /// Its place in a swarm; empty if it is in none.
  public Optional<Membership> membership() {
    return one("swarm").flatMap(Membership::read);
  }

  private OptionalLong bytes(String key) {
    return one(key).filter(value -> value.matches("[0-9]{1,15}")).stream()
        .mapToLong(value -> Long.parseLong(value) * KIBIBYTE)
        .findFirst();
  }

  private static Address address(String[] parts) {
    boolean known = parts.length > 2 && parts[2].matches("[0-9]{1,6}");
    return new Address(
        parts[0], parts.length > 1 ? parts[1] : "", known ? Integer.parseInt(parts[2]) : 0);
  }
}
