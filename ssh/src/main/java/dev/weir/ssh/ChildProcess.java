package dev.weir.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that is given input and a time limit, and whose output is kept up to a bound.
final class ChildProcess {
  private static final long JOIN_MILLIS = 2_000;
  private static final int BUFFER_BYTES = 8 << 10;

  private ChildProcess() {}

  /// What a process gave.
  ///
  /// @param inTime whether it ended by itself within its time
  record Result(boolean inTime, CommandOutput output) {}

  /// Runs a process to its end, or kills it with all that it started after `limit`.
  ///
  /// @throws IOException if it cannot start
  static Result run(ProcessBuilder builder, byte[] input, Duration limit) throws IOException {
    Process process = builder.start();
    var out = new Kept(process.getInputStream());
    var err = new Kept(process.getErrorStream());
    daemon("ssh-in", () -> feed(process.getOutputStream(), input));
    Thread outReader = daemon("ssh-out", out);
    Thread errReader = daemon("ssh-err", err);
    boolean ended = false;
    try {
      ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      kill(process);
    }
    join(outReader);
    join(errReader);
    int exit = ended ? process.exitValue() : -1;
    return new Result(ended, new CommandOutput(exit, out.text(), err.text()));
  }

  /// Kills a process and what it started.
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static Thread daemon(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name("weir-" + name).start(work);
  }

  private static void feed(OutputStream to, byte[] input) {
    try (to) {
      to.write(input);
    } catch (IOException _) {
      // It ended without reading all of it, which its exit code explains.
    }
  }

  private static void join(Thread reader) {
    try {
      reader.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The first part of a stream; the rest is read and dropped.
  private static final class Kept implements Runnable {
    private final InputStream from;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Kept(InputStream from) {
      this.from = from;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[BUFFER_BYTES];
      try (from) {
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
          keep(buffer, count);
        }
      } catch (IOException _) {
        // The process was killed.
      }
    }

    private synchronized void keep(byte[] buffer, int count) {
      kept.write(buffer, 0, Math.min(count, SshSession.OUTPUT_BYTES_MAX - kept.size()));
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
