package dev.weir.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The client's process that holds a connection which others share.
///
/// It lives as long as this process does, also when this one is killed: its remote command is
/// `cat`, which ends with the pipe from here. A shell around it then removes the folder. It ignores
/// Ctrl-C in the terminal, so that what must be cleaned up over the connection still can be.
final class SshMaster implements AutoCloseable {
  private static final String READY = "weir-ready";
  private static final String REMOTE = "echo " + READY + "; exec cat > /dev/null";
  private static final String AROUND =
      "trap '' INT HUP; folder=$1; shift; \"$@\"; code=$?;"
          + " rm -f \"$folder\"/*; rmdir \"$folder\" 2> /dev/null; exit $code";
  private static final int NOISE_LINES_MAX = 1_000;
  private static final long END_MILLIS = 2_000;
  private static final long NOTICE_MILLIS = 300;

  private final SshLogin login;
  private final SocketFolder folder;
  private final Process process;
  private final StderrTail said;
  private final Thread listener;

  private SshMaster(SshLogin login, SocketFolder folder, Process process) {
    this.login = login;
    this.folder = folder;
    this.process = process;
    this.said = new StderrTail(process.getErrorStream());
    this.listener = ChildProcess.daemon("ssh-notes", said);
  }

  /// Starts one, and waits until it is logged in.
  static SshMaster start(SshLogin login, Duration limit) throws SshException {
    ProcessBuilder builder;
    SocketFolder folder;
    SshMaster master;
    try {
      OpenSsh.check("ssh");
      folder = SocketFolder.make();
      var command =
          new ArrayList<>(List.of("/bin/sh", "-c", AROUND, "sh", folder.path().toString()));
      command.addAll(OpenSsh.connect(login, folder.control(), seconds(limit)));
      command.add(REMOTE);
      builder = OpenSsh.clean(command);
      master = new SshMaster(login, folder, builder.start());
    } catch (IOException e) {
      throw OpenSsh.unusable(e);
    }
    try {
      master.awaitReady(limit);
      return master;
    } catch (SshException e) {
      master.close();
      throw e;
    }
  }

  private static int seconds(Duration limit) {
    return (int) Math.min(Integer.MAX_VALUE, limit.plusMillis(999).toSeconds());
  }

  private void awaitReady(Duration limit) throws SshException {
    var ready = new CompletableFuture<Boolean>();
    var _ = ChildProcess.daemon("ssh-ready", () -> ready.complete(readsReady()));
    try {
      if (!ready.get(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        listener.join(END_MILLIS);
        throw SshErrors.failed(login, notes());
      }
    } catch (TimeoutException _) {
      throw SshErrors.timeout(login.address(), "no login within %d s".formatted(limit.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw SshErrors.lost(login.address(), List.of("interrupted"));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads up to the line of our command; what the account's shell prints comes before.
  private boolean readsReady() {
    try {
      var reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < NOISE_LINES_MAX; i++) {
        String line = reader.readLine();
        if (line == null) {
          return false;
        }
        if (line.endsWith(READY)) {
          return true;
        }
      }
    } catch (IOException _) {
      // It was killed: the time was over.
    }
    return false;
  }

  SshLogin login() {
    return login;
  }

  Path control() {
    return folder.control();
  }

  Path socket(int index) {
    return folder.socket(index);
  }

  List<String> notes() {
    return said.lines();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Whether it lives after the moment that a broken connection takes to be noticed.
  boolean isStillAlive() {
    try {
      return !process.waitFor(NOTICE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return process.isAlive();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
        ChildProcess.kill(process);
      }
    } catch (InterruptedException _) {
      ChildProcess.kill(process);
      Thread.currentThread().interrupt();
    }
    folder.remove();
  }
}
