package dev.weir.cli.cluster;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.ssh.SshAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name machines, and say how to log in to them and how they reach each other.
@HelpSection("Machines")
public final class HostOptions {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--ssh",
      paramLabel = "[USER@]HOST[:PORT]",
      split = ",",
      description = "Machines, as ssh reaches them. Repeatable.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "Account on machines that are given without one. It needs sudo without a password, or is"
              + " root. Default: as your ssh_config has it.")
  private @Nullable String user;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "File of the private key for all machines. Default: your agent and ssh_config.")
  private @Nullable Path key;

  @Option(
      names = "--ssh-port",
      paramLabel = "PORT",
      description =
          "Port of machines that are given without one. Default: as your ssh_config has it.")
  private @Nullable Integer port;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description =
          "File with host keys that you trust already. Default: ~/.ssh/known_hosts and"
              + " /etc/ssh/ssh_known_hosts.")
  private @Nullable Path knownHosts;

  @Option(
      names = "--accept-host-keys",
      description =
          "Trust the host keys that unknown machines show at first contact. Without it, you are"
              + " shown their fingerprints and asked. A key that changes later is always refused.")
  private boolean acceptHostKeys;

  @Option(
      names = "--advertise-addr",
      paramLabel = "HOST=ADDRESS",
      split = ",",
      description =
          "IP address at which other nodes reach a machine, for one that has several. Repeatable.")
  private Map<String, String> addresses = new LinkedHashMap<>();

  @Option(
      names = "--advertise-interface",
      paramLabel = "[HOST=]NAME",
      split = ",",
      description =
          "Network interface whose address other nodes use: of one machine, or of all. Repeatable.")
  private List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "[HOST:]NAME=VALUE",
      split = ",",
      description =
          "Labels of a node, or of all named here, for placement constraints. Repeatable.")
  private List<String> labels = new ArrayList<>();

  /// The named machines, with account and port.
  ///
  /// @throws IllegalArgumentException with all problems of the options at once
  List<SshAddress> addresses() {
    var problems = new Problems();
    problems.check(
        port == null || (port > 0 && port <= PORT_MAX), "--ssh-port", "" + port, "1 to 65535");
    problems.check(key == null || Files.isReadable(key), "--key", "" + key, "a readable file");
    problems.check(
        knownHosts == null || Files.isReadable(knownHosts),
        "--known-hosts",
        "" + knownHosts,
        "a readable file");
    var parsed = new ArrayList<SshAddress>();
    for (String host : hosts) {
      try {
        parsed.add(completed(SshAddress.parse(host, "--ssh")));
      } catch (UserError e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    long different = parsed.stream().map(SshAddress::toString).distinct().count();
    problems.check(different == parsed.size(), "--ssh", String.join(",", hosts), "each host once");
    for (String label : labels) {
      problems.check(label.matches("([^:=]+:)?[^:=]+=.*"), "--labels", label, "[HOST:]NAME=VALUE");
    }
    problems.throwIfAny("machines");
    return List.copyOf(parsed);
  }

  private SshAddress completed(SshAddress address) {
    return new SshAddress(
        address.user().or(() -> Optional.ofNullable(user)),
        address.host(),
        address.port().isPresent() || port == null ? address.port() : OptionalInt.of(port));
  }

  /// The account of machines that are given without one.
  Optional<String> user() {
    return Optional.ofNullable(user);
  }

  Optional<Path> key() {
    return Optional.ofNullable(key).map(file -> file.toAbsolutePath().normalize());
  }

  /// Files with host keys that the user trusts.
  List<Path> trusted() {
    return knownHosts != null
        ? List.of(knownHosts)
        : List.of(
            Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
            Path.of("/etc/ssh/ssh_known_hosts"));
  }

  boolean acceptsHostKeys() {
    return acceptHostKeys;
  }

  /// The address or network card that other nodes are to use for a machine.
  Optional<String> advertise(String host) {
    String address = addresses.get(host);
    return Optional.ofNullable(address).or(() -> card(host + "=")).or(() -> card(""));
  }

  private Optional<String> card(String prefix) {
    return interfaces.stream()
        .filter(typed -> prefix.isEmpty() ? !typed.contains("=") : typed.startsWith(prefix))
        .map(typed -> typed.substring(prefix.length()))
        .findFirst();
  }

  /// The labels of a machine.
  ///
  /// @param isNew whether labels that name no machine are for it too
  Map<String, String> labels(String host, boolean isNew) {
    var found = new TreeMap<String, String>();
    for (String typed : labels) {
      int equals = typed.indexOf('=');
      int colon = typed.lastIndexOf(':', equals);
      if (colon < 0 ? isNew : typed.substring(0, colon).equals(host)) {
        found.put(typed.substring(colon + 1, equals), typed.substring(equals + 1));
      }
    }
    return found;
  }
}
