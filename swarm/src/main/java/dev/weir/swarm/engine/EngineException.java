package dev.weir.swarm.engine;

import java.io.Serial;

/// What an Engine refused or could not do, or why it could not be asked. The message is one line
/// for its user; what a program needs stands in the accessors.
public final class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What kind of failure.
  public enum Reason {
    /// Nothing listens there.
    UNREACHABLE,
    /// The socket is not ours to open.
    FORBIDDEN,
    /// The certificate or the key did not do.
    TLS,
    /// No response in time.
    TIMEOUT,
    /// The connection broke.
    BROKEN,
    /// The client itself was closed.
    CLOSED,
    /// What responded is no Docker Engine, or not one we can talk to.
    NOT_AN_ENGINE,
    /// It speaks only versions that we do not.
    VERSION,
    /// A response beyond the cap.
    TOO_LARGE,
    /// The node is in no swarm.
    NO_SWARM,
    /// The node is a worker, and only managers know.
    NOT_A_MANAGER,
    /// Too few managers are up to decide anything.
    NO_LEADER,
    /// There is no such thing.
    NOT_FOUND,
    /// It clashes with what is there.
    CONFLICT,
    /// Another writer came first: read again.
    OUT_OF_SEQUENCE,
    /// Another refusal.
    REFUSED,
    /// The Engine failed.
    FAILED
  }

  private final Reason reason;
  private final int status;
  private final String said;

  EngineException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = 0;
    this.said = message;
  }

  EngineException(Reason reason, int status, String said, String message) {
    super(message);
    this.reason = reason;
    this.status = status;
    this.said = said;
  }

  /// What kind of failure.
  public Reason reason() {
    return reason;
  }

  /// The HTTP status, or 0 if there was no response.
  public int status() {
    return status;
  }

  /// The Engine's own words.
  public String message() {
    return said;
  }
}
