import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a balancer's process holds: memory and descriptors, now and at most.
final class ProcessWatch {
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final Duration JCMD_TIME = Duration.ofSeconds(5);

  /// @param rssMib resident memory
  /// @param descriptors how many are open
  /// @param heapMib what is alive in the heap after a collection; 0 if it was not asked for
  record Held(double rssMib, int descriptors, double heapMib) {
    static final Held NOTHING = new Held(0, 0, 0);
  }

  private final long pid;
  private volatile Held peak = Held.NOTHING;
  private volatile boolean stopped;

  ProcessWatch(long pid) {
    this.pid = pid;
    Thread.ofPlatform().daemon().name("watch").start(this::run);
  }

  private void run() {
    while (!stopped) {
      Held now = now();
      peak =
          new Held(
              Math.max(peak.rssMib, now.rssMib), Math.max(peak.descriptors, now.descriptors), 0);
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  Held peak() {
    return peak;
  }

  void stop() {
    stopped = true;
  }

  /// What it holds now; nothing once it has ended.
  Held now() {
    Path process = Path.of("/proc/" + pid);
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      Matcher rss = RSS.matcher(Files.readString(process.resolve("status")));
      return new Held(
          rss.find() ? Long.parseLong(rss.group(1)) / 1024.0 : 0, (int) files.count(), 0);
    } catch (IOException e) {
      return Held.NOTHING;
    }
  }

  /// What it holds after a collection of a JVM.
  Held afterCollection() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    double heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1)) / 1024.0;
    }
    Held now = now();
    return new Held(now.rssMib, now.descriptors, heap);
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(List.of(tool, String.valueOf(pid), command))
            .redirectErrorStream(true)
            .start();
    if (!process.waitFor(JCMD_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return "";
    }
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
