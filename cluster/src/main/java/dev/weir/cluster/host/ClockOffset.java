package dev.weir.cluster.host;

import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a machine's clock is ahead of ours.
///
/// @param seconds by how much; negative if it is behind
/// @param plusMinusSeconds the error at most: half the time that the question took
public record ClockOffset(double seconds, double plusMinusSeconds) {
  private static final int TRIES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,12})\\.([0-9]{9})");

  /// Asks three times and keeps the quickest response; empty if the machine's `date` has no
  /// fractions.
  ///
  /// @throws SshException if it cannot be asked
  public static Optional<ClockOffset> of(Host host, InstantSource clock) throws SshException {
    Optional<ClockOffset> best = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      Instant before = clock.instant();
      CommandOutput output = host.run("date +%s.%N", new byte[0], LIMIT);
      Instant after = clock.instant();
      Optional<ClockOffset> next = between(before, output.out().strip(), after);
      if (next.isPresent()
          && next.get().plusMinusSeconds < best.map(ClockOffset::plusMinusSeconds).orElse(1e9)) {
        best = next;
      }
    }
    return best;
  }

  /// The machine read its clock somewhere between; the middle is the best guess.
  static Optional<ClockOffset> between(Instant before, String time, Instant after) {
    Matcher parts = TIME.matcher(time);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Instant theirs =
        Instant.ofEpochSecond(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    double half = Duration.between(before, after).toNanos() / 2e9;
    return Optional.of(
        new ClockOffset(Duration.between(before, theirs).toNanos() / 1e9 - half, half));
  }
}
