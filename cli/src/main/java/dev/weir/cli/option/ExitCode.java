package dev.weir.cli.option;

import dev.weir.proxy.ProxyServer;

/// The exit codes of the process. Documented in docs/settings.md.
public final class ExitCode {
  public static final int OK = 0;

  /// The command ran and something failed in it.
  public static final int FAILED = 1;

  /// Bad input; nothing was done.
  public static final int USAGE = 2;

  /// The load was not as scheduled; its figures are not valid.
  public static final int VOID = 3;

  /// A `--fail-if` threshold was crossed.
  public static final int THRESHOLD = 4;

  /// `weir cluster doctor` found something worse than a note; it has the code of thresholds.
  public static final int FINDINGS = THRESHOLD;

  /// A defect of Weir.
  public static final int DEFECT = 70;

  /// An event loop of the balancer hung, so the watchdog ended the process.
  public static final int LOOP_DEAD = ProxyServer.EXIT_LOOP_DEAD;

  /// Ended by Ctrl-C, after the report of what was done.
  public static final int INTERRUPTED = 130;

  /// Out of memory; the same code as of a killed process.
  public static final int KILLED = ProxyServer.EXIT_OUT_OF_MEMORY;

  private ExitCode() {}
}
