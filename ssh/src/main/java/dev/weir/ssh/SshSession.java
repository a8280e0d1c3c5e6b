package dev.weir.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One connection to a machine over SSH, shared by commands and forwarded sockets. Thread-safe.
///
/// A command has a time limit, and at most eight run at once (sshd allows ten sessions). If the
/// network breaks, the connection ends within 20 s, and with it all that uses it.
public final class SshSession implements AutoCloseable {
  /// How much of each output of a command is kept, in bytes.
  public static final int OUTPUT_BYTES_MAX = 4 << 20;

  private static final int RUNNING_MAX = 8;
  private static final int REMOTE_ERROR = 255;
  private static final int SHOWN_LETTERS = 60;
  private static final Duration FORWARD = Duration.ofSeconds(10);

  private final SshMaster master;
  private final Semaphore running = new Semaphore(RUNNING_MAX);
  private final Map<String, Path> forwarded = new HashMap<>();

  private SshSession(SshMaster master) {
    this.master = master;
  }

  /// Logs in.
  ///
  /// @throws SshException if that fails, or takes longer than `limit`
  public static SshSession open(SshLogin login, Duration limit) throws SshException {
    if (login.key().isPresent() && !Files.isReadable(login.key().get())) {
      throw new SshException(
          SshException.Kind.DENIED,
          "%s: the key %s cannot be read (expected: the file of a private key)"
              .formatted(login.address(), login.key().get()));
    }
    return new SshSession(SshMaster.start(login, limit));
  }

  /// Where it is logged in.
  public SshLogin login() {
    return master.login();
  }

  /// Whether the connection stands, as far as known.
  public boolean isOpen() {
    return master.isAlive();
  }

  /// Runs a line of POSIX shell with empty input; messages are in English, and the folders of
  /// administrators' commands are in its PATH.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  public CommandOutput run(String shellLine, Duration limit) throws SshException {
    return run(shellLine, new byte[0], limit);
  }

  /// The same with input. Secrets go only this way: arguments are visible to all on both machines.
  ///
  /// After `limit` the command has no output and input any more, but it may still run there.
  ///
  /// @throws SshException if the connection breaks, or the command takes longer than `limit`
  public CommandOutput run(String shellLine, byte[] input, Duration limit) throws SshException {
    List<String> command = OpenSsh.over(master.control(), login().address(), "-T");
    command.add(
        "exec /bin/sh -c "
            + quoted(
                "LC_ALL=C PATH=\"$PATH:/usr/local/sbin:/usr/sbin:/sbin\"; export LC_ALL PATH; "
                    + shellLine));
    long startNanos = System.nanoTime();
    if (!admitted(limit)) {
      throw late(shellLine, limit);
    }
    try {
      Duration left = limit.minusNanos(System.nanoTime() - startNanos);
      ChildProcess.Result result = child(command, input, left);
      if (!result.inTime()) {
        throw isOpen() ? late(shellLine, limit) : SshErrors.lost(login().address(), master.notes());
      }
      return checked(result.output());
    } finally {
      running.release();
    }
  }

  private boolean admitted(Duration limit) {
    try {
      return running.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private SshException late(String shellLine, Duration limit) {
    String line = shellLine.strip().replaceAll("\\s+", " ");
    String shown = line.length() > SHOWN_LETTERS ? line.substring(0, SHOWN_LETTERS) + "…" : line;
    return new SshException(
        SshException.Kind.TIMEOUT,
        "%s: no end within %d s of: %s (the machine is slow or hangs; try again)"
            .formatted(login().address(), limit.toSeconds(), shown));
  }

  /// The client reports its own failures with a code that a command may use too.
  private CommandOutput checked(CommandOutput output) throws SshException {
    boolean broke =
        output.err().contains("mux_client")
            || output.err().contains("Control socket")
            || output.err().contains("UNKNOWN port");
    if (output.exit() == REMOTE_ERROR && (broke || !master.isStillAlive())) {
      throw SshErrors.lost(login().address(), master.notes());
    }
    return output;
  }

  private ChildProcess.Result child(List<String> command, byte[] input, Duration limit)
      throws SshException {
    if (!isOpen()) {
      throw SshErrors.lost(login().address(), master.notes());
    }
    try {
      return ChildProcess.run(OpenSsh.process(command), input, limit);
    } catch (IOException e) {
      throw OpenSsh.unusable(e);
    }
  }

  /// Makes a local Unix socket whose connections lead to `remoteSocket`; it is gone after [#close].
  /// The same remote socket gives the same local one.
  ///
  /// @throws SshException if the connection breaks
  public Path forward(String remoteSocket) throws SshException {
    if (!remoteSocket.startsWith("/") || remoteSocket.contains(":")) {
      throw new IllegalArgumentException(
          "socket: %s (expected: an absolute path without a colon)".formatted(remoteSocket));
    }
    synchronized (forwarded) {
      Path known = forwarded.get(remoteSocket);
      if (known != null) {
        return known;
      }
      Path local = master.socket(forwarded.size());
      List<String> command =
          OpenSsh.over(
              master.control(),
              login().address(),
              "-O",
              "forward",
              "-L",
              local + ":" + remoteSocket);
      ChildProcess.Result result = child(command, new byte[0], FORWARD);
      if (!result.inTime() || result.output().exit() != 0 || !Files.exists(local)) {
        throw SshErrors.lost(login().address(), result.output().err().lines().toList());
      }
      forwarded.put(remoteSocket, local);
      return local;
    }
  }

  /// Runs a command with the terminal of this process until it ends: a login shell if `command` is
  /// empty, one line of shell, or several words of which none is split.
  ///
  /// @return its exit code; 255 if the connection broke
  public int interactive(List<String> command) {
    List<String> words = OpenSsh.over(master.control(), login().address(), "-o", "RequestTTY=auto");
    if (command.size() == 1) {
      words.add(command.getFirst());
    } else if (!command.isEmpty()) {
      words.add(command.stream().map(SshSession::quoted).collect(Collectors.joining(" ")));
    }
    if (!command.isEmpty()) {
      words.set(words.indexOf("RequestTTY=auto"), "RequestTTY=yes");
    }
    try {
      return OpenSsh.terminal(words).start().waitFor();
    } catch (IOException _) {
      return REMOTE_ERROR;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return REMOTE_ERROR;
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// Ends the connection, its commands and its sockets.
  @Override
  public void close() {
    master.close();
  }
}
