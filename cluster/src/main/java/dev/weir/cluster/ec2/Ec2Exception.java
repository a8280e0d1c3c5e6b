package dev.weir.cluster.ec2;

import java.io.Serial;

/// A call or a wait on EC2 that failed for good. The message is one line with what to do.
public final class Ec2Exception extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// A failure that `message` explains.
  public Ec2Exception(String message) {
    super(message);
  }

  /// The same, with its cause.
  public Ec2Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
