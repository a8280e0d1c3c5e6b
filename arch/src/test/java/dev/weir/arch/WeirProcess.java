package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.ControlC;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `weir` as its user runs it: a process of its own, on the class path of these tests.
final class WeirProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Process process;
  private final CompletableFuture<String> out;

  private WeirProcess(Process process) {
    this.process = process;
    this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
  }

  static WeirProcess start(Path folder, String... args) throws IOException {
    return start(List.of(), folder, args);
  }

  /// Takes the place of the command that started it.
  static WeirProcess start(List<String> by, Path folder, String... args) throws IOException {
    var command = new ArrayList<>(ControlC.heeded());
    command.addAll(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It takes this for a terminal, so its live line shows the progress.
    command.addAll(List.of("-Dweir.terminal=true", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.cli.Weir"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("TERM", "xterm");
    return new WeirProcess(builder.start());
  }

  /// Reads standard error up to the first occurrence of `text`.
  String awaitError(String text) throws IOException {
    var read = new StringBuilder();
    InputStream err = process.getErrorStream();
    while (read.indexOf(text) < 0) {
      int next = err.read();
      assertThat(next).as("standard error ended before '%s': %s", text, read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  /// Waits for the end and returns what it printed, both streams.
  String awaitEnd() throws Exception {
    String err = text(process.getErrorStream());
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(err).isTrue();
    return out.get(10, TimeUnit.SECONDS) + err;
  }

  int exitCode() {
    return process.exitValue();
  }

  /// The processes it started, which are running now.
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /// SIGINT to it alone, as a supervisor would send it.
  void interrupt() throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }

  /// SIGKILL: it has no time left for its children.
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /// Waits for processes that should end by themselves.
  static void awaitGone(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle one : processes) {
      one.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }
}
