package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.ClockReading;
import dev.weir.cluster.doctor.fact.HostFacts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks one machine, over SSH, for everything that the checks need. It only reads.
final class HostReading {
  private static final Duration REPORT_MAX = Duration.ofSeconds(20);
  private static final Duration CLOCK_MAX = Duration.ofSeconds(5);
  private static final int CLOCK_READINGS = 3;
  private static final long NANOS = 1_000_000_000L;

  private HostReading() {}

  static HostFacts of(HostTarget target, NodeShell shell) {
    try {
      CommandOutput report =
          shell.run("sh -s", Scripts.REPORT.getBytes(StandardCharsets.UTF_8), REPORT_MAX);
      if (!report.out().contains("@@ user ")) {
        return unreachable(
            target,
            "%s: its shell does not run our script: %s"
                .formatted(target.name(), report.err().strip()));
      }
      return new HostFacts(
          target.name(),
          target.nodeId(),
          Optional.of(new HostReport(report.out())),
          ClockReading.best(clock(shell)),
          "");
    } catch (SshException e) {
      return unreachable(target, message(e));
    }
  }

  static HostFacts unreachable(HostTarget target, String failure) {
    return HostFacts.unreachable(target.name(), target.nodeId(), failure);
  }

  static String message(SshException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.kind().toString());
  }

  /// Several times, since the fastest response is the most certain.
  private static List<ClockReading> clock(NodeShell shell) throws SshException {
    var readings = new ArrayList<ClockReading>();
    for (int i = 0; i < CLOCK_READINGS; i++) {
      Instant before = Instant.now();
      String said = shell.run("date +%s%N", new byte[0], CLOCK_MAX).out().strip();
      Instant after = Instant.now();
      if (said.matches("[0-9]{15,19}")) {
        long nanos = Long.parseLong(said);
        readings.add(
            ClockReading.of(before, Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), after));
      }
    }
    return readings;
  }
}
