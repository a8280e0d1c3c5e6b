package dev.weir.balance;

import dev.weir.base.Checks;

/// In which order the requests of a service wait.
public sealed interface QueueSpec {
  /// First come, first served.
  QueueSpec FIFO = new Fifo();

  /// The names that users may type.
  String EXPECTED = "fifo or late-last";

  /// As users type it.
  String label();

  /// Whether `text` asks for [LateLast], which needs a promise as well.
  ///
  /// @param setting what the user typed it after
  /// @throws IllegalArgumentException naming the setting, the value and what was expected
  static boolean isLateLast(String setting, String text) {
    String value = text.strip();
    boolean isLateLast = value.equals(LateLast.LABEL);
    Checks.check(isLateLast || value.equals(FIFO.label()), setting, text, EXPECTED);
    return isLateLast;
  }

  /// The bound on a request's wait beyond which it can no longer be on time, in nanoseconds.
  ///
  /// @param serviceMeanNanos S; NaN until known
  long lateAfterNanos(double serviceMeanNanos);

  /// First come, first served.
  record Fifo() implements QueueSpec {
    @Override
    public String label() {
      return "fifo";
    }

    @Override
    public long lateAfterNanos(double serviceMeanNanos) {
      return Long.MAX_VALUE;
    }
  }

  /// A request that is late already goes behind those that can still be on time.
  ///
  /// @param promiseNanos within what time responses are promised: > 0
  record LateLast(long promiseNanos) implements QueueSpec {
    private static final String LABEL = "late-last";
    private static final int SERVICES = 2;

    public LateLast {
      Checks.check(promiseNanos > 0, "promise", promiseNanos, "> 0");
    }

    @Override
    public String label() {
      return LABEL;
    }

    @Override
    public long lateAfterNanos(double serviceMeanNanos) {
      double service = Double.isNaN(serviceMeanNanos) ? 0 : SERVICES * serviceMeanNanos;
      return Math.max(0, Math.round(promiseNanos - service));
    }
  }
}
