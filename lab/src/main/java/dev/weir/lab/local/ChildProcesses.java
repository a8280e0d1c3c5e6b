package dev.weir.lab.local;

import dev.weir.base.CleanEnvironment;
import dev.weir.base.UserError;
import dev.weir.store.folder.PrivateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The processes that a command started. They end on close, on Ctrl-C and on failure. They end even
/// if the parent is killed, because each reads its parent's pipe until that closes.
public final class ChildProcesses implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final List<Process> running = new ArrayList<>();
  private final Path logs;
  private final Thread hook = new Thread(this::stopAll, "stop-children");

  /// @param logs the folder that keeps each child's standard error
  public ChildProcesses(Path logs) {
    this.logs = logs;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Starts a Java program of this class path and waits for its line that begins with `ready`.
  ///
  /// @return the process, ready to serve
  /// @throws UserError with its last lines if it ends, or prints no such line within 30 s
  Child start(
      String name, List<String> jvmFlags, String mainClass, List<String> args, String ready) {
    Path log = logs.resolve(name + ".log");
    Process process = launch(name, command(jvmFlags, mainClass, args), log);
    var said = new CompletableFuture<String>();
    Thread.ofVirtual().start(() -> read(process, ready, said));
    try {
      return new Child(name, process, said.get(READY_MAX.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new UserError("%s did not start: %s".formatted(name, lastLines(log)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("%s: interrupted while it started".formatted(name), e);
    }
  }

  /// Ends one child and waits for it.
  void stop(Child child) {
    stop(child.process());
  }

  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what is running.
      return;
    }
  }

  private synchronized Process launch(String name, List<String> command, Path log) {
    try {
      PrivateFiles.createFolders(logs);
      PrivateFiles.newFile(log).close();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      CleanEnvironment.clean(builder.environment());
      Process process = builder.start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UserError("%s could not be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static List<String> command(List<String> jvmFlags, String mainClass, List<String> args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(args);
    return command;
  }

  /// Reads the child to its end, so that it never blocks on a full pipe.
  private static void read(Process process, String ready, CompletableFuture<String> said) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(ready)) {
          said.complete(line);
        }
        line = lines.readLine();
      }
      said.completeExceptionally(new IOException("ended"));
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      String tail = String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
      return (tail.isEmpty() ? "it said nothing" : tail) + " (see " + log + ")";
    } catch (IOException e) {
      return "see " + log;
    }
  }

  private void stopAll() {
    List<Process> all;
    synchronized (this) {
      all = List.copyOf(running);
    }
    all.forEach(Process::destroy);
    all.forEach(this::stop);
  }

  private void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      running.remove(process);
    }
  }

  /// A child process that is ready.
  ///
  /// @param name what logs and charts call it
  /// @param process its process
  /// @param greeting its line that begins with `ready`
  record Child(String name, Process process, String greeting) {}
}
