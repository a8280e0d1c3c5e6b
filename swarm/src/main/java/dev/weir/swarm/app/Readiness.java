package dev.weir.swarm.app;

import java.time.Duration;

/// The state of an app after its start.
public sealed interface Readiness {
  /// It responded.
  ///
  /// @param url where it responded
  /// @param status of HTTP; 0 for a response in another protocol
  /// @param after since it was started
  record Responding(String url, int status, Duration after) implements Readiness {}

  /// It runs, but has no port to ask, or the caller did not want to wait.
  record Running() implements Readiness {}

  /// It runs, but did not respond in time.
  ///
  /// @param url the address that was asked
  /// @param waited how long
  record Silent(String url, Duration waited) implements Readiness {}

  /// It ended.
  ///
  /// @param why the Engine's reason, and the last lines of the app's output
  record Ended(String why) implements Readiness {}
}
