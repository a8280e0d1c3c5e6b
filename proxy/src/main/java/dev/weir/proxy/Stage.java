package dev.weir.proxy;

/// How far an exchange has come.
enum Stage {
  /// For a lease.
  WAITING,
  /// To the leased replica.
  CONNECTING,
  /// The head was sent; of the final answer nothing has been passed on.
  SENT,
  /// The answer's head was passed on.
  ANSWERING,
  /// The connection left HTTP.
  TUNNEL,
  DONE
}
