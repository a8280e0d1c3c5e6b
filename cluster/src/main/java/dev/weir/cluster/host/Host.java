package dev.weir.cluster.host;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A machine that is logged in to.
public interface Host extends AutoCloseable {
  /// How the user calls it: the address of the login.
  String name();

  /// Runs a line of shell with input.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  CommandOutput run(String shellLine, byte[] input, Duration limit) throws SshException;

  /// A local socket whose connections lead to a socket of the machine.
  ///
  /// @throws SshException if the connection breaks
  Path forward(String remoteSocket) throws SshException;

  /// Logs in anew: a change of the account's groups counts only for new logins.
  ///
  /// @throws SshException if that fails
  void reconnect() throws SshException;

  @Override
  void close();

  /// Runs a script of bash, which travels as the input of the shell and so appears in no list of
  /// processes.
  ///
  /// @throws SshException as [#run]
  default CommandOutput script(String text, Duration limit) throws SshException {
    return run("bash -s", text.getBytes(StandardCharsets.UTF_8), limit);
  }
}
