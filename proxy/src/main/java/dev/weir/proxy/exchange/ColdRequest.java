package dev.weir.proxy.exchange;

/// What a request means to a service that may have no replica.
///
/// @param wakes whether it starts a replica, and counts as a use of the service
/// @param takesPage whether its client takes a waiting page instead of waiting
record ColdRequest(boolean wakes, boolean takesPage) {
  /// It starts a replica and waits for it.
  static final ColdRequest ORDINARY = new ColdRequest(true, false);

  /// It starts none.
  static final ColdRequest NO_WAKE = new ColdRequest(false, false);

  /// It starts one, and its client takes a page.
  static final ColdRequest BROWSER = new ColdRequest(true, true);
}
