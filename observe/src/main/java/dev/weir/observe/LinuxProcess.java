package dev.weir.observe;

import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A process from Linux's /proc.
final class LinuxProcess implements SampleSource {
  /*
   * CPU. stat has utime and stime of all threads, ended ones included, but in ticks of 10 ms: at a
   * cadence of 100 ms that alone is an error of 10 % of a core. schedstat has nanoseconds, of the
   * main thread only, and the sum over all threads' schedstat goes down when a thread ends. The
   * kernel's clock of the process (ProcessCpuClock) has the nanoseconds of all threads, ended ones
   * included, so the total comes from there, and from stat where that clock cannot be read. User
   * and system time exist in ticks only; they may add up to some ticks less than the total.
   *
   * Memory. usage is VmRSS: every page of the process that is in memory. working_set is VmRSS
   * without RssFile, the pages of mapped files, which the kernel can drop and read again; it is the
   * closest to what cAdvisor calls working_set, usage without inactive file pages. Pages shared with
   * other processes count in each. smaps_rollup would distinguish them, at milliseconds per read
   * while the process's memory map is locked, which would disturb what is measured.
   */
  private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 on all that Java runs on

  /// Fields of stat, counted after the command's closing parenthesis: state is field 3 of proc(5).
  private static final int STATE = 0;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int START_TICKS = 19;

  private final String container;
  private final String node;
  private final long pid;
  private final Path folder;
  private final String startTicks;
  private final boolean hasClock;

  LinuxProcess(String container, String node, long pid, Path folder) throws IOException {
    this.container = container;
    this.node = node;
    this.pid = pid;
    this.folder = folder;
    this.startTicks = stat()[START_TICKS];
    this.hasClock = ProcessCpuClock.nanos(pid).isPresent();
  }

  @Override
  public String name() {
    return container;
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    String[] stat = stat();
    if (!stat[START_TICKS].equals(startTicks)) {
      throw new IOException(ended() + ", and its number was given to another");
    }
    long userNanos = Long.parseLong(stat[USER_TICKS]) * NANOS_PER_TICK;
    long systemNanos = Long.parseLong(stat[SYSTEM_TICKS]) * NANOS_PER_TICK;
    String status = text("status");
    long residentBytes = kilobytes(status, "VmRSS:") << 10;
    long fileBytes = kilobytes(status, "RssFile:") << 10;
    return List.of(
        new ContainerSample(
            container,
            node,
            now,
            hasClock ? clockNanos() : userNanos + systemNanos,
            userNanos,
            systemNanos,
            residentBytes,
            Math.max(0, residentBytes - fileBytes),
            ProcessSampler.SOURCE));
  }

  /// The fields of stat from the state on; the command before them may contain spaces and
  /// parentheses.
  private String[] stat() throws IOException {
    String text = text("stat");
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      throw new IOException(ended());
    }
    return fields;
  }

  /// The two sources of the total are never mixed, or the counter could go back.
  private long clockNanos() throws IOException {
    return ProcessCpuClock.nanos(pid).orElseThrow(() -> new IOException(ended()));
  }

  private String text(String file) throws IOException {
    try {
      return new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // A process that ends between opening and reading shows as "No such process".
      throw Files.exists(folder) ? e : new IOException(ended(), e);
    }
  }

  private String ended() {
    return "process %d has ended".formatted(pid);
  }

  private static long kilobytes(String status, String field) {
    int at = status.indexOf("\n" + field);
    if (at < 0) {
      return 0;
    }
    int end = status.indexOf("kB", at);
    return Long.parseLong(status.substring(at + 1 + field.length(), end).strip());
  }
}
