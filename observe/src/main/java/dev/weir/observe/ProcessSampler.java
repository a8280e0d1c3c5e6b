package dev.weir.observe;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Sources that read one local process, shown as a container of the name given.
public final class ProcessSampler {
  static final String SOURCE = "process";

  private static final Path PROC = Path.of("/proc");

  private ProcessSampler() {}

  /// The best source this system has for a process: /proc on Linux; elsewhere what Java reports,
  /// which is CPU only.
  ///
  /// @param container what charts call the process
  /// @param node what charts call this machine
  /// @throws UserError if there is no such process, or it may not be read
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
