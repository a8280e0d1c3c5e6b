package dev.weir.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys of hosts: read from a host at first contact, shown to the user, and kept in a
/// known_hosts file. Connections trust only what such a file holds.
public final class HostKeys {
  private HostKeys() {}

  /// Asks a host for its keys, best kind first. They are unproven: the user compares their
  /// fingerprints with those that the machine itself shows.
  ///
  /// @throws SshException if it does not respond within `limit`
  public static List<HostKey> scan(SshAddress address, Duration limit) throws SshException {
    throw new UnsupportedOperationException("soon: %s within %s".formatted(address, limit));
  }

  /// The keys of a host that a known_hosts file holds; empty if there is no file.
  public static List<HostKey> known(Path knownHosts, SshAddress address) {
    throw new UnsupportedOperationException("soon: %s in %s".formatted(address, knownHosts));
  }

  /// Adds keys to a known_hosts file, which is made with mode 600 if absent. Keys that it holds
  /// already are not added again.
  public static void pin(Path knownHosts, List<HostKey> keys) {
    throw new UnsupportedOperationException("soon: %s to %s".formatted(keys, knownHosts));
  }

  /// Removes all keys of a host from a known_hosts file.
  public static void forget(Path knownHosts, SshAddress address) {
    throw new UnsupportedOperationException("soon: %s of %s".formatted(address, knownHosts));
  }
}
