package dev.weir.proxy.exchange;

/// What an event loop counts of requests that came while a service had no replica.
public enum ColdCount {
  /// It started none.
  NO_WAKE,
  /// Its browser got a waiting page.
  PAGES
}
