package dev.weir.testing.aws;

/// What the proxy does with a call.
public sealed interface Fault {
  /// Passes it on.
  record None() implements Fault {}

  /// Resets the connection; the call is not carried out.
  record ResetBefore() implements Fault {}

  /// Carries the call out and resets the connection instead of responding.
  record ResetAfter() implements Fault {}

  /// Carries the call out and never responds.
  record Silent() implements Fault {}

  /// Neither carries the call out nor responds.
  record Lost() implements Fault {}

  /// Responds with an error; the call is not carried out.
  record Refused(int status, String code) implements Fault {}

  /// Decides for each call.
  @FunctionalInterface
  interface Plan {
    Fault on(AwsCall call);
  }
}
