package dev.weir.console.web;

import dev.weir.base.Ticker;

/// What a server uses beside its settings; tests bring their own.
///
/// @param files the page
/// @param limits of connections
/// @param clock of sessions and of wrong tokens
record Means(StaticFiles files, Limits limits, Ticker clock) {
  static Means usual() {
    return new Means(StaticFiles.shipped(), Limits.usual(), System::nanoTime);
  }
}
