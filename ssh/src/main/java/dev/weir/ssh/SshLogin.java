package dev.weir.ssh;

import java.nio.file.Path;
import java.util.Optional;

/// How to log in to a machine.
///
/// @param address where, and as whom
/// @param key file of the private key; if empty, the keys of the user's `ssh_config` and agent
/// @param knownHosts the only file whose host keys are trusted; if empty, the files of the user's
///   configuration
public record SshLogin(SshAddress address, Optional<Path> key, Optional<Path> knownHosts) {
  /// A login as the user's own `ssh` command does it.
  public static SshLogin of(SshAddress address) {
    return new SshLogin(address, Optional.empty(), Optional.empty());
  }
}
