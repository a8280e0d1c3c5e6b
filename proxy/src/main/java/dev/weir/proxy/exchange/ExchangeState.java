package dev.weir.proxy.exchange;

/// How far an exchange has come.
enum ExchangeState {
  /// It looks for a lease and a connection to the leased replica.
  SEARCHING,
  /// The head was sent; no byte of the final response has been passed on.
  SENT,
  /// The response's head was passed on.
  RESPONDING,
  /// The connection left HTTP.
  TUNNEL,
  DONE
}
