package dev.weir.ssh;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The keys of hosts: read from a host at first contact, shown to the user, and kept in a
/// known_hosts file. Connections trust only what such a file holds.
public final class HostKeys {
  private static final List<String> KINDS = List.of("ssh-ed25519", "ecdsa-sha2-", "ssh-rsa");
  private static final Duration GRACE = Duration.ofSeconds(1);

  private HostKeys() {}

  /// Asks a host for its keys, best kind first. They are unproven: the user compares their
  /// fingerprints with those that the machine itself shows.
  ///
  /// It connects directly, without the user's `ssh_config`.
  ///
  /// @throws SshException if it does not respond within `limit`
  public static List<HostKey> scan(SshAddress address, Duration limit) throws SshException {
    var login = SshLogin.of(address);
    var words = new ArrayList<>(List.of("ssh-keyscan", "-T", "" + Math.max(1, limit.toSeconds())));
    address.port().ifPresent(port -> words.addAll(List.of("-p", Integer.toString(port))));
    words.addAll(List.of("--", address.host()));
    CommandOutput output;
    try {
      output = ChildProcess.run(OpenSsh.process(words), new byte[0], limit.plus(GRACE)).output();
    } catch (IOException e) {
      throw OpenSsh.unusable(e);
    }
    List<HostKey> keys =
        output.out().lines().map(KnownHosts::key).flatMap(Optional::stream).sorted(BEST).toList();
    if (!keys.isEmpty()) {
      return keys;
    }
    List<String> said = output.err().lines().filter(line -> !line.startsWith("#")).toList();
    if (said.isEmpty()) {
      throw SshErrors.timeout(
          address, "it showed no host key within %d s".formatted(limit.toSeconds()));
    }
    throw SshErrors.failed(login, said);
  }

  private static final Comparator<HostKey> BEST = Comparator.comparingInt(HostKeys::rank);

  private static int rank(HostKey key) {
    for (int i = 0; i < KINDS.size(); i++) {
      if (key.type().startsWith(KINDS.get(i))) {
        return i;
      }
    }
    return KINDS.size();
  }

  /// The keys of a host that a known_hosts file holds; empty if there is no file.
  ///
  /// @throws UserError if the file cannot be read
  public static List<HostKey> known(Path knownHosts, SshAddress address) {
    String name = KnownHosts.name(address);
    return lines(knownHosts).stream()
        .filter(line -> KnownHosts.isOf(line, name))
        .map(KnownHosts::key)
        .flatMap(Optional::stream)
        .toList();
  }

  /// Adds keys to a known_hosts file, which is made with mode 600 if absent. Keys that it holds
  /// already are not added again.
  ///
  /// @throws UserError if the file cannot be written
  public static void pin(Path knownHosts, List<HostKey> keys) {
    var lines = new ArrayList<>(lines(knownHosts));
    keys.stream().map(HostKey::line).filter(line -> !lines.contains(line)).forEach(lines::add);
    write(knownHosts, lines);
  }

  /// Removes all keys of a host from a known_hosts file.
  ///
  /// @throws UserError if the file cannot be written
  public static void forget(Path knownHosts, SshAddress address) {
    String name = KnownHosts.name(address);
    List<String> lines = lines(knownHosts);
    List<String> kept = lines.stream().filter(line -> !KnownHosts.isOf(line, name)).toList();
    if (kept.size() < lines.size()) {
      write(knownHosts, kept);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return KnownHosts.lines(file);
    } catch (IOException e) {
      throw new UserError("%s: not readable (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /// Replaces the file in one step, so that a crash leaves the old one or the new one.
  private static void write(Path file, List<String> lines) {
    Path whole = file.toAbsolutePath();
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Path made = Files.createTempFile(whole.getParent(), ".known_hosts", "", mode);
      Files.write(made, lines);
      Files.move(made, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("%s: not writable (%s)".formatted(file, e), e);
    }
  }
}
