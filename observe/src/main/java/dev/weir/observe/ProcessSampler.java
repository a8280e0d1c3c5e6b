package dev.weir.observe;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Sources that read one local process and report it as a container with a given name.
public final class ProcessSampler {
  static final String SOURCE = "process";

  private static final Path PROC = Path.of("/proc");

  private ProcessSampler() {}

  /// The best source on this system for a process: /proc on Linux; elsewhere Java, which reports
  /// only CPU.
  ///
  /// @param container the process's name in charts
  /// @param node this machine's name in charts
  /// @throws UserError if the process does not exist or may not be read
  public static SampleSource of(String container, String node, long pid) {
    if (!Files.exists(PROC.resolve("self/stat"))) {
      return PortableProcess.of(container, node, pid);
    }
    try {
      return new LinuxProcess(container, node, pid, PROC.resolve(String.valueOf(pid)));
    } catch (IOException e) {
      throw new UserError(
          "pid: %d cannot be sampled: %s (expected: a process that runs)"
              .formatted(pid, e.getMessage()),
          e);
    }
  }
}
