package dev.weir.console.action;

/// Everything that a browser may ask for beside the stream. Each call is bounded in time and in
/// size, runs on a thread of its own, and is interrupted when its time is up.
///
/// Results are JSON texts.
public interface ConsoleActions {
  /// The last hour of a service in steps of 5 s.
  String series(String serviceId) throws ActionException;

  /// What other numbers of replicas would give.
  String curve(String serviceId) throws ActionException;

  /// The last lines that a task wrote.
  ///
  /// @param lines at most so many, 1 to 1000
  String logs(String taskId, int lines) throws ActionException;

  /// Whether changes are allowed. The server checks it before each of those below.
  boolean writable();

  /// Sets a service's number of replicas.
  ///
  /// @param replicas 0 to 10,000
  String scale(String serviceId, int replicas, Who who) throws ActionException;

  /// Replaces a service's tasks one after another.
  String roll(String serviceId, Who who) throws ActionException;

  /// Stops autoscaling of a service.
  ///
  /// @param reason in the viewer's words, at most 200 characters
  String pause(String serviceId, String reason, Who who) throws ActionException;

  /// Lets autoscaling of a service go on.
  String resume(String serviceId, Who who) throws ActionException;
}
