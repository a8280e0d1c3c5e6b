package dev.weir.cli.cluster;

import dev.weir.term.Terminal;

/// Shows what an examination does at the moment: a live line, and without a terminal a plain line
/// each if it takes long.
final class DoctorProgress {
  private static final long LONG_NANOS = 2_000_000_000L;

  private final Terminal terminal;
  private final long startNanos = System.nanoTime();

  DoctorProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Shows a step.
  void show(String step) {
    terminal.live(step + " ...");
    if (!terminal.isPerson() && System.nanoTime() - startNanos > LONG_NANOS) {
      terminal.report(step + " ...");
    }
  }
}
