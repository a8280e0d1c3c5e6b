import java.util.List;

/// What a case did to one balancer.
///
/// @param before a normal client's requests before the attack, and so on
/// @param after those due in the last two seconds of the seven after its end
/// @param floor requests to a replica without a balancer between, from the begin of the attack on
/// @param recoverySeconds after how long a normal client noticed nothing more; infinite if it did
/// to the end
/// @param health what the balancer said of itself
/// @param exit the exit code, if the process ended by itself; -1 otherwise
/// @param stopSeconds how long the stop took
/// @param stopExit the exit code of the stop; -1 if it had to be killed
/// @param lostBeforeStop requests that were due before the signal and got no good response, where
/// the case stops it
/// @param attack what became of the clients that attack
record Outcome(
    String testCase,
    String balancer,
    Window before,
    Window during,
    Window after,
    Window floor,
    double recoverySeconds,
    ProcessWatch.Held start,
    ProcessWatch.Held peak,
    ProcessWatch.Held end,
    Honesty health,
    int exit,
    double stopSeconds,
    int stopExit,
    int lostBeforeStop,
    List<String> attack) {

  /// How long at a stretch /health said what was not so.
  ///
  /// @param falseOkSeconds ok, while a normal client got no response
  /// @param falseAlarmSeconds not ok, while it got all
  record Honesty(double falseOkSeconds, double falseAlarmSeconds) {}
}
