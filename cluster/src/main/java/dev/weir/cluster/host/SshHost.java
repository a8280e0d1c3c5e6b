package dev.weir.cluster.host;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import dev.weir.ssh.SshSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// A machine over one shared SSH connection.
public final class SshHost implements Host {
  private static final Duration LOGIN_MAX = Duration.ofSeconds(20);

  private final SshLogin login;
  private volatile SshSession session;

  private SshHost(SshLogin login, SshSession session) {
    this.login = login;
    this.session = session;
  }

  /// Logs in.
  ///
  /// @throws SshException if that fails, or takes longer than 20 s
  public static SshHost open(SshLogin login) throws SshException {
    return new SshHost(login, SshSession.open(login, LOGIN_MAX));
  }

  /// How messages call a machine: its host, and its port if one is given.
  public static String named(SshLogin login) {
    OptionalInt port = login.address().port();
    return login.address().host() + (port.isPresent() ? ":" + port.getAsInt() : "");
  }

  @Override
  public String name() {
    return named(login);
  }

  @Override
  public CommandOutput run(String shellLine, byte[] input, Duration limit) throws SshException {
    return session.run(shellLine, input, limit);
  }

  @Override
  public Path forward(String remoteSocket) throws SshException {
    return session.forward(remoteSocket);
  }

  @Override
  public void reconnect() throws SshException {
    session.close();
    session = SshSession.open(login, LOGIN_MAX);
  }

  @Override
  public void close() {
    session.close();
  }
}
