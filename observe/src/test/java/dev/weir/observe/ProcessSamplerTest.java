package dev.weir.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.UserError;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples of a child process agree with what it did.
final class ProcessSamplerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final int BURN_MILLIS = 1_000;

  @Test
  void cpuGrowsByWhatIsBurnt() throws Exception {
    try (Worker worker = Worker.start()) {
      worker.report("burn 1");
      assertFollowsTheHandle(worker, ProcessSampler.of("web", "node-1", worker.pid()));
      assertFollowsTheHandle(worker, PortableProcess.of("web", "node-1", worker.pid()));
    }
  }

  /// The thread that burnt has ended by then; a sum over living threads would not have moved.
  private static void assertFollowsTheHandle(Worker worker, SampleSource source) throws Exception {
    ContainerSample before = read(source);
    Duration handleBefore = worker.handle().info().totalCpuDuration().orElseThrow();
    long startNanos = System.nanoTime();
    worker.report("burn " + BURN_MILLIS);
    long wallNanos = System.nanoTime() - startNanos;
    Duration handleAfter = worker.handle().info().totalCpuDuration().orElseThrow();
    ContainerSample after = read(source);
    long grownNanos = after.cpuTotalNanos() - before.cpuTotalNanos();
    long handleNanos = handleAfter.minus(handleBefore).toNanos();
    // The handle counts ticks of 10 ms, and both readings are a moment apart.
    assertThat(Math.abs(grownNanos - handleNanos)).isLessThan(60_000_000L);
    assertThat(grownNanos).isGreaterThan(BURN_MILLIS * 1_000_000L / 10);
    // A compiler thread may run beside the burning one.
    assertThat(grownNanos).isLessThan(2 * wallNanos);
  }

  @Test
  void userAndSystemAddUpToTheTotal() throws Exception {
    assumeLinux();
    try (Worker worker = Worker.start()) {
      worker.report("burn 300");
      ContainerSample sample = read(ProcessSampler.of("web", "node-1", worker.pid()));
      long restNanos = sample.cpuTotalNanos() - sample.cpuUserNanos() - sample.cpuSystemNanos();
      assertThat(restNanos).isBetween(-50_000_000L, 50_000_000L);
      assertThat(sample.cpuUserNanos()).isPositive();
      assertThat(sample.timestamp()).isEqualTo(NOW);
    }
  }

  @Test
  void memoryGrowsByWhatIsAllocated() throws Exception {
    assumeLinux();
    try (Worker worker = Worker.start()) {
      worker.report("burn 1");
      SampleSource source = ProcessSampler.of("web", "node-1", worker.pid());
      ContainerSample before = read(source);
      worker.report("allocate 100");
      ContainerSample after = read(source);
      assertThat(after.memoryUsageBytes() - before.memoryUsageBytes())
          .isBetween(95L << 20, 150L << 20);
      assertThat(after.memoryWorkingSetBytes() - before.memoryWorkingSetBytes())
          .isBetween(95L << 20, 150L << 20);
      assertThat(after.memoryWorkingSetBytes()).isLessThan(after.memoryUsageBytes());
    }
  }

  @Test
  void saysWhenTheProcessHasEnded() throws Exception {
    try (Worker worker = Worker.start()) {
      worker.report("burn 1");
      SampleSource best = ProcessSampler.of("web", "node-1", worker.pid());
      SampleSource portable = PortableProcess.of("web", "node-1", worker.pid());
      worker.kill();
      String ended = "process %d has ended".formatted(worker.pid());
      assertThatThrownBy(() -> best.read(NOW)).isInstanceOf(IOException.class).hasMessage(ended);
      assertThatThrownBy(() -> portable.read(NOW)).hasMessage(ended);
      assertThatThrownBy(() -> ProcessSampler.of("web", "node-1", worker.pid()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected: a process that runs");
    }
  }

  @Test
  void distinguishesAProcessFromALaterOneWithItsNumber(@TempDir Path copy) throws Exception {
    assumeLinux();
    try (Worker worker = Worker.start()) {
      worker.report("burn 1");
      Path self = Path.of("/proc/" + worker.pid());
      String stat = Files.readString(self.resolve("stat"));
      Files.writeString(copy.resolve("stat"), stat);
      Files.writeString(copy.resolve("status"), Files.readString(self.resolve("status")));
      var source = new LinuxProcess("web", "node-1", worker.pid(), copy);
      assertThat(source.read(NOW)).hasSize(1);
      int end = stat.lastIndexOf(')');
      String[] fields = stat.substring(end + 2).split(" ", -1);
      fields[19] += "1";
      Files.writeString(
          copy.resolve("stat"), stat.substring(0, end + 2) + String.join(" ", fields));
      assertThatThrownBy(() -> source.read(NOW))
          .hasMessageContaining("its number was given to another");
    }
  }

  @Test
  void theClockIsFinerThanTicks() {
    assumeLinux();
    long own = ProcessHandle.current().pid();
    long first = ProcessCpuClock.nanos(own).orElseThrow();
    long second = ProcessCpuClock.nanos(own).orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(ProcessCpuClock.nanos(0x3fff_fff)).isEmpty();
  }

  private static ContainerSample read(SampleSource source) throws IOException {
    return source.read(NOW).getFirst();
  }

  private static void assumeLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")));
  }
}
