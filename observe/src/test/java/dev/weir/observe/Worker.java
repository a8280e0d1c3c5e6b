package dev.weir.observe;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child process that does what it reads, one line at a time: "burn MILLIS" of CPU in a thread
/// that then ends, or "allocate MEBIBYTES". It responds to each with a line when it is done.
final class Worker implements AutoCloseable {
  private final Process process;
  private final BufferedReader responses;

  private Worker(Process process) {
    this.process = process;
    this.responses = process.inputReader();
  }

  static Worker start() throws IOException {
    return new Worker(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// Returns when the worker has done it.
  void report(String command) throws IOException {
    process.outputWriter().write(command + "\n");
    process.outputWriter().flush();
    if (responses.readLine() == null) {
      throw new IOException("the worker ended");
    }
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// The child itself; ends with its input.
  public static void main(String[] args) throws Exception {
    var kept = new ArrayList<byte[]>();
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out =
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> words = List.of(line.split(" ", 2));
        int amount = Integer.parseInt(words.get(1));
        if (words.get(0).equals("burn")) {
          burnMillis(amount);
        } else {
          kept.add(filled(amount << 20));
        }
        out.println("done " + kept.size());
      }
    }
  }

  private static void burnMillis(int millis) throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            });
    thread.join();
  }

  private static byte[] filled(int bytes) {
    byte[] block = new byte[bytes];
    Arrays.fill(block, (byte) 1);
    return block;
  }
}
