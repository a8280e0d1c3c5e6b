package dev.weir.arch;

import dev.weir.testing.RealTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks for join tokens and private keys where others could read them: in the arguments and the
/// environment of a testbed's processes, again and again while something runs, and in files.
final class SecretScan implements AutoCloseable {
  private static final Pattern SECRET =
      Pattern.compile("SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}|BEGIN [A-Z ]*PRIVATE KEY");
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Set<String> hits = new ConcurrentSkipListSet<>();
  private final AtomicLong samples = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::sample);
  private final String group;
  private volatile boolean closed;

  private SecretScan(String group) {
    this.group = group;
  }

  /// Samples the processes of a testbed: those of its machines, and the commands of its client.
  static SecretScan start(Testbed testbed) throws IOException {
    var scan = new SecretScan(group(testbed.state()));
    scan.thread.start();
    return scan;
  }

  /// The control group of all that a testbed runs: it is named by the sum of its folder's path.
  private static String group(Path state) throws IOException {
    Process sum = new ProcessBuilder("cksum").start();
    try (var out = sum.getOutputStream()) {
      out.write(state.toString().getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "weir-testbed/" + printed.substring(0, printed.indexOf(' ')) + "/";
  }

  /// Where something was found so far.
  Set<String> hits() {
    return Set.copyOf(hits);
  }

  /// How often all processes were looked at.
  long samples() {
    return samples.get();
  }

  /// The files of a folder that hold a secret.
  static List<Path> in(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (SECRET.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find()) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /// Whether a text holds a secret.
  static boolean isIn(String text) {
    return SECRET.matcher(text).find();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void sample() {
    while (!closed) {
      try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        processes.forEach(this::look);
        samples.incrementAndGet();
      } catch (IOException e) {
        hits.add("no scan: " + e);
      }
      RealTime.pass(PAUSE);
    }
  }

  private void look(Path process) {
    for (String part : List.of("cmdline", "environ")) {
      try {
        if (!Files.readString(process.resolve("cgroup")).contains(group)) {
          return;
        }
        String text = Files.readString(process.resolve(part), StandardCharsets.ISO_8859_1);
        if (isIn(text)) {
          hits.add(part + " of " + text.substring(0, Math.min(40, text.length())));
        }
      } catch (IOException _) {
        // It has ended.
      }
    }
  }
}
