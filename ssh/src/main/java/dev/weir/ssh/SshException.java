package dev.weir.ssh;

import java.io.Serial;

/// A machine that could not be reached over SSH, or a connection that broke. The message is one
/// line for the user: which machine, what happened, and what to do.
public final class SshException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// What kind of failure.
  public enum Kind {
    /// No such host, or no way to it.
    UNREACHABLE,
    /// The machine responds, and nothing listens on the port.
    REFUSED,
    /// No response in time.
    TIMEOUT,
    /// No known_hosts file has a key of this host.
    HOST_KEY_UNKNOWN,
    /// The host shows another key than the known one.
    HOST_KEY_CHANGED,
    /// The host accepts none of our keys, or does not allow what was asked.
    DENIED,
    /// The connection was open, and broke.
    LOST,
    /// This machine has no OpenSSH client.
    NO_CLIENT
  }

  private final Kind kind;

  /// A failure that `message` explains.
  public SshException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// What kind of failure.
  public Kind kind() {
    return kind;
  }
}
