package dev.weir.observe;

import dev.weir.base.UserError;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A process from Java's [ProcessHandle], on any system: CPU time only.
final class PortableProcess implements SampleSource {
  private static final long UNKNOWN = -1;

  private final String container;
  private final String node;
  private final ProcessHandle process;

  private PortableProcess(String container, String node, ProcessHandle process) {
    this.container = container;
    this.node = node;
    this.process = process;
  }

  static PortableProcess of(String container, String node, long pid) {
    return new PortableProcess(
        container,
        node,
        ProcessHandle.of(pid)
            .orElseThrow(() ->
                new UserError(
                    "pid: %d cannot be sampled (expected: a process that runs)".formatted(pid))));
  }

  @Override
  public String name() {
    return container;
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("process %d has ended".formatted(process.pid()));
    }
    Duration cpu =
        process
            .info()
            .totalCpuDuration()
            .orElseThrow(
                () -> new IOException("this system does not report the CPU time of processes"));
    return List.of(
        new ContainerSample(
            container,
            node,
            now,
            cpu.toNanos(),
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            UNKNOWN,
            ProcessSampler.SOURCE));
  }
}
