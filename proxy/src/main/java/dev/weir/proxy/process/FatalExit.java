package dev.weir.proxy.process;

import org.slf4j.LoggerFactory;

/// Ends a process that cannot go on serving. An orchestrator then starts another one, which is
/// faster than any repair from within.
public interface FatalExit {
  /// A loop that serves connections died or hangs.
  int LOOP_DEAD = 71;

  /// Out of memory; the code that the kernel's own killer leaves, 128 + SIGKILL.
  int OUT_OF_MEMORY = 137;

  /// Logs why and ends the process at once. When memory is short little else works, so failures on
  /// the way are ignored.
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

  /// Ends the process if memory ran out. A caught error is often the only sign of that.
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
