package dev.weir.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One connection to a machine over SSH, shared by commands and forwarded sockets.
public final class SshSession implements AutoCloseable {
  /// How much of a command's output is kept, in characters.
  public static final int OUTPUT_CHARS_MAX = 4 << 20;

  private final SshLogin login;

  private SshSession(SshLogin login) {
    this.login = login;
  }

  /// Logs in.
  ///
  /// @throws SshException if that fails, or takes longer than `limit`
  public static SshSession open(SshLogin login, Duration limit) throws SshException {
    return new SshSession(login);
  }

  /// Where it is logged in.
  public SshLogin login() {
    return login;
  }

  /// Whether the connection stands, as far as known.
  public boolean isOpen() {
    return true;
  }

  /// Runs a line of POSIX shell in a clean environment, with empty input.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  public CommandOutput run(String shellLine, Duration limit) throws SshException {
    return run(shellLine, new byte[0], limit);
  }

  /// The same with input. Secrets go only this way: arguments are visible to all on both machines.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  public CommandOutput run(String shellLine, byte[] input, Duration limit) throws SshException {
    throw new UnsupportedOperationException("soon: %s within %s".formatted(shellLine, limit));
  }

  /// Makes a local Unix socket whose connections lead to `remoteSocket`; it is gone after [#close].
  ///
  /// @throws SshException if the connection breaks
  public Path forward(String remoteSocket) throws SshException {
    throw new UnsupportedOperationException("soon: " + remoteSocket);
  }

  /// Runs a command with the terminal of this process, or a login shell if `command` is empty,
  /// until it ends.
  ///
  /// @return its exit code
  public int interactive(List<String> command) {
    throw new UnsupportedOperationException("soon: " + command);
  }

  /// Ends the connection, its commands and its sockets.
  @Override
  public void close() {}
}
