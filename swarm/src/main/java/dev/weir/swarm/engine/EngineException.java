package dev.weir.swarm.engine;

import java.io.Serial;

/// A refusal or failure of an Engine, or the reason why it could not be asked. The message is one
/// line for the user; the accessors are for programs.
public final class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What kind of failure.
  public enum Reason {
    /// Nothing listens there.
    UNREACHABLE,
    /// We may not open the socket.
    FORBIDDEN,
    /// The certificate or the key was not accepted.
    TLS,
    /// No response in time.
    TIMEOUT,
    /// The connection broke.
    BROKEN,
    /// The client itself was closed.
    CLOSED,
    /// The responding program is not a Docker Engine, or not a supported one.
    NOT_AN_ENGINE,
    /// It does not speak any version that we do.
    VERSION,
    /// The response is too large.
    TOO_LARGE,
    /// The node is not in a swarm.
    NO_SWARM,
    /// The node is a worker; only managers can answer.
    NOT_A_MANAGER,
    /// Too few managers are up for any decision.
    NO_LEADER,
    /// The object does not exist.
    NOT_FOUND,
    /// It conflicts with an existing object.
    CONFLICT,
    /// Another writer was faster: read again.
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
