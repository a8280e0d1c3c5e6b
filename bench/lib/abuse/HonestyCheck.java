import java.util.List;

/// Compares what /health said with what a normal client got, second by second.
final class HonestyCheck {
  private static final long SECOND = 1_000_000_000L;
  private static final long RESPONSE_NANOS = 2 * SECOND;
  private static final double SERVED = .99;
  private static final double UNSERVED = .75;

  private HonestyCheck() {}

  /// @param okFromNanos from when on a false ok counts; before that replicas may be the ones that
  /// do not respond
  static Outcome.Honesty of(
      List<NormalClient.Sample> samples,
      List<HealthPoll.Poll> polls,
      long fromNanos,
      long okFromNanos,
      long toNanos) {
    int falseOk = 0;
    int falseAlarm = 0;
    int falseOkMost = 0;
    int falseAlarmMost = 0;
    for (long at = fromNanos; at + SECOND - toNanos <= 0; at += SECOND) {
      double share = share(samples, at);
      List<Boolean> said = said(polls, at);
      boolean ok = !said.isEmpty() && said.stream().allMatch(each -> each);
      boolean ill = !said.isEmpty() && said.stream().noneMatch(each -> each);
      falseOk = ok && share < UNSERVED && at - okFromNanos >= 0 ? falseOk + 1 : 0;
      falseAlarm = ill && share >= SERVED ? falseAlarm + 1 : 0;
      falseOkMost = Math.max(falseOkMost, falseOk);
      falseAlarmMost = Math.max(falseAlarmMost, falseAlarm);
    }
    return new Outcome.Honesty(falseOkMost, falseAlarmMost);
  }

  /// The share of the requests of a second that got any response in 2 s.
  private static double share(List<NormalClient.Sample> samples, long at) {
    List<NormalClient.Sample> due =
        samples.stream().filter(s -> s.dueNanos() - at >= 0 && s.dueNanos() - at < SECOND).toList();
    long served =
        due.stream().filter(s -> s.status() > 0 && s.latencyNanos() <= RESPONSE_NANOS).count();
    return due.isEmpty() ? 1 : (double) served / due.size();
  }

  private static List<Boolean> said(List<HealthPoll.Poll> polls, long at) {
    return polls.stream()
        .filter(p -> p.atNanos() - at >= 0 && p.atNanos() - at < SECOND)
        .map(HealthPoll.Poll::ok)
        .toList();
  }
}
