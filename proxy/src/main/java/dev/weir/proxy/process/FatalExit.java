package dev.weir.proxy.process;

import org.slf4j.LoggerFactory;

/// How a process ends that cannot go on serving. An orchestrator then starts another one, which is
/// sooner back than anything that could be mended from within.
public interface FatalExit {
  /// A loop that serves connections died or hangs.
  int LOOP_DEAD = 71;

  /// Out of memory; what the kernel's own killer leaves, 128 + SIGKILL.
  int OUT_OF_MEMORY = 137;

  /// Says why in the log and ends the process at once. When memory is short little else works, so
  /// what fails on the way is of no account.
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

  /// Ends the process if memory ran out, which a caught error often is the only sign of.
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
