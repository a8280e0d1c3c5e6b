package dev.weir.swarm.app;

import java.time.Duration;

/// What was seen of an app that was started.
public sealed interface Readiness {
  /// It responded.
  ///
  /// @param url where
  /// @param status of HTTP; 0 for a response in another protocol
  /// @param after since it was started
  record Responding(String url, int status, Duration after) implements Readiness {}

  /// It runs, and has no port that could respond, or was not to be waited for.
  record Running() implements Readiness {}

  /// It runs, and nothing responded in time.
  ///
  /// @param url where it was asked
  /// @param waited how long
  record Silent(String url, Duration waited) implements Readiness {}

  /// It is no more.
  ///
  /// @param why what the Engine says of it, and the last lines that it wrote
  record Ended(String why) implements Readiness {}
}
