package dev.weir.proxy.process;

import org.slf4j.LoggerFactory;

/// Ends a process that can no longer serve. An orchestrator then starts another one, which is
/// faster than a repair from within.
public interface FatalExit {
  /// A loop that serves connections died or hangs.
  int LOOP_DEAD = 71;

  /// Out of memory; the same code as of the kernel's own killer, 128 + SIGKILL.
  int OUT_OF_MEMORY = 137;

  /// Logs the reason and ends the process at once. When memory is short logging may fail too, which
  /// is ignored.
  FatalExit OF_PROCESS =
      (code, line) -> {
        try {
          LoggerFactory.getLogger("dev.weir.proxy").error(line);
        } finally {
          Runtime.getRuntime().halt(code);
        }
      };

  /// Ends the process.
  ///
  /// @param code the exit code
  /// @param line why, for the log
  void end(int code, String line);

  /// Ends the process if memory ran out. Often a caught error is the only sign of that.
  default void ifOutOfMemory(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof VirtualMachineError && !(one instanceof StackOverflowError)) {
        end(
            OUT_OF_MEMORY,
            "weir: out of memory, so it ends: give it more (-Xmx, -XX:MaxDirectMemorySize) or"
                + " --memory less");
      }
    }
  }
}
