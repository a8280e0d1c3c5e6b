package dev.weir.proxy.upstream;

import dev.weir.balance.Outcome;

/// Asked an [UpstreamPool] for a new connection and learns, once, how that went.
public interface ConnectionReceiver {
  /// The replica accepted the connection, which is the receiver's from now on.
  void connected(UpstreamConnection connection);

  /// The replica did not accept the connection.
  ///
  /// @param outcome failed, or ignored if it was no fault of the replica's
  void connectFailed(Outcome outcome);
}
