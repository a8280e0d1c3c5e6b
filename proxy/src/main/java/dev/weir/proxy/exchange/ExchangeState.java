package dev.weir.proxy.exchange;

/// How far an exchange has come.
enum ExchangeState {
  /// For a lease and a connection to the leased replica.
  SEARCHING,
  /// The head was sent; of the final answer nothing has been passed on.
  SENT,
  /// The answer's head was passed on.
  RESPONDING,
  /// The connection left HTTP.
  TUNNEL,
  DONE
}
