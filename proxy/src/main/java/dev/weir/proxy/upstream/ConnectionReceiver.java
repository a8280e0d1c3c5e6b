package dev.weir.proxy.upstream;

import dev.weir.balance.Outcome;

/// Requests a new connection from an [UpstreamPool] and gets the result, once.
public interface ConnectionReceiver {
  /// The replica accepted the connection, which now belongs to the receiver.
  void connected(UpstreamConnection connection);

  /// The replica did not accept the connection.
  ///
  /// @param outcome failed, or ignored if the replica was not at fault
  void connectFailed(Outcome outcome);
}
