package dev.weir.observe.http;

import dev.weir.observe.ClockDifference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Compares a server's clock with ours by the `Date` of its responses (RFC 9110, section 6.6.1).
///
/// That header has whole seconds. Asking repeatedly until it changes shows when the server's second
/// began, to within two requests. htpdate does the same, for servers that report their time in no
/// other way.
public final class DateComparison {
  /// More requests than fit into a second, so that the second changes.
  private static final int QUESTIONS_MAX = 100;

  private final Question question;
  private final Supplier<Instant> clock;
  private final Runnable pause;

  /// @param clock ours, which must not step back
  /// @param pause waits between two requests, for a hundredth of a second or longer
  public DateComparison(Question question, Supplier<Instant> clock, Runnable pause) {
    this.question = question;
    this.clock = clock;
    this.pause = pause;
  }

  /// How far the server's clock is ahead of ours; empty if its responses have no date. Takes a
  /// second.
  ///
  /// @throws IOException if it does not respond
  public Optional<ClockDifference> compare() throws IOException {
    @Nullable Instant before = null;
    Instant askedBefore = Instant.EPOCH;
    for (int i = 0; i < QUESTIONS_MAX; i++) {
      Instant asked = clock.get();
      Optional<Instant> date = question.date();
      Instant responded = clock.get();
      if (date.isEmpty()) {
        return Optional.empty();
      }
      if (before != null && date.get().isAfter(before)) {
        // Its second began between the previous request and the response to this one.
        Duration half = Duration.between(askedBefore, responded).dividedBy(2);
        return Optional.of(
            new ClockDifference(Duration.between(askedBefore.plus(half), date.get()), half));
      }
      before = date.get();
      askedBefore = asked;
      pause.run();
    }
    return Optional.empty();
  }

  /// Sends the server any request.
  @FunctionalInterface
  public interface Question {
    /// The `Date` of its response; empty if there is none.
    ///
    /// @throws IOException if it does not respond
    Optional<Instant> date() throws IOException;
  }
}
