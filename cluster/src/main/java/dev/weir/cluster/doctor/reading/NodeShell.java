package dev.weir.cluster.doctor.reading;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.time.Duration;

/// Runs commands on one machine.
@FunctionalInterface
public interface NodeShell {
  /// Runs a line of shell with an input.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  CommandOutput run(String line, byte[] input, Duration limit) throws SshException;
}
