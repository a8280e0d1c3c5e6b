package dev.weir.store.folder;

import dev.weir.run.RunEvent;
import dev.weir.testing.RealTime;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A process that records until it is killed, and prints the number of the last request it
/// recorded.
final class EndlessRecorder {
  private static final int PRINT_EVERY = 100;

  private EndlessRecorder() {}

  /// Records into the folder given; each request is due when it is recorded.
  public static void main(String[] args) throws Exception {
    try (RunWriter writer = RunFolder.create(Path.of(args[0]), Records.info("killed"));
        var out =
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      for (long i = 0; ; i++) {
        writer.request(Records.request(i));
        if (i % PRINT_EVERY == 0) {
          writer.sample(Records.sample("web.1", i / PRINT_EVERY));
          writer.event(new RunEvent(Instant.now(), "tick", "", "at " + i));
          out.println(i + " " + System.currentTimeMillis());
        }
        RealTime.pass(Duration.ofNanos(50_000));
      }
    }
  }
}
