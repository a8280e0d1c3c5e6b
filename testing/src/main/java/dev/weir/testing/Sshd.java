package dev.weir.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real sshd on loopback with keys of its own, which lets the user of this process in.
public final class Sshd implements AutoCloseable {
  /// What a test says that skips without it.
  public static final String MISSING = "needs sshd; to run it: sudo apt-get install openssh-server";

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final Duration START = Duration.ofSeconds(20);
  private static final long END_SECONDS = 10;

  private final Path folder;
  private final int port;
  private Process process;

  private Sshd(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /// Whether this machine has one.
  public static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /// Starts one that keeps its files in `folder`.
  ///
  /// @param settings further lines of its configuration, such as `AllowStreamLocalForwarding no`
  public static Sshd start(Path folder, String... settings) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("user").toString());
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
    newHostKey(folder);
    var lines =
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + folder.resolve("host"),
            "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no");
    var all = new java.util.ArrayList<>(List.of(settings));
    all.addAll(lines);
    Files.write(folder.resolve("sshd_config"), all);
    var sshd = new Sshd(folder, port);
    sshd.pinHostKey();
    return sshd;
  }

  /// Its port on 127.0.0.1.
  public int port() {
    return port;
  }

  /// Where to log in, as `user@127.0.0.1:port`.
  public String address() {
    return "%s@127.0.0.1:%d".formatted(System.getProperty("user.name"), port);
  }

  /// The private key that it accepts.
  public Path key() {
    return folder.resolve("user");
  }

  /// A file with its host key.
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  /// Its host key's fingerprint, as ssh-keygen prints it.
  public String fingerprint() throws IOException {
    return run("ssh-keygen", "-l", "-f", folder.resolve("host.pub").toString()).split(" ", -1)[1];
  }

  /// Starts it anew with another host key; [#knownHosts] keeps the old one.
  public void changeHostKey() throws IOException {
    close();
    newHostKey(folder);
    process = launch();
  }

  /// Starts it anew, with all connections cut.
  public void restart() throws IOException {
    close();
    process = launch();
  }

  /// Stops it and its connections in mid-work, as a machine does that hangs.
  public void freeze() throws IOException {
    signalAll("STOP");
  }

  /// Lets it go on.
  public void thaw() throws IOException {
    signalAll("CONT");
  }

  @Override
  public void close() throws IOException {
    thaw();
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process launch() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // where it locks itself in
    }
    String[] command = {
      PROGRAM.toString(),
      "-D",
      "-f",
      folder.resolve("sshd_config").toString(),
      "-E",
      folder.resolve("sshd.log").toString()
    };
    Process started = execute(command);
    long untilNanos = System.nanoTime() + START.toNanos();
    while (!listens()) {
      if (!started.isAlive() || System.nanoTime() > untilNanos) {
        started.destroyForcibly();
        throw new IOException("sshd: " + Files.readString(folder.resolve("sshd.log")));
      }
      RealTime.pass(Duration.ofMillis(20));
    }
    return started;
  }

  private boolean listens() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void signalAll(String signal) throws IOException {
    if (process.isAlive()) {
      run("kill", "-" + signal, Long.toString(process.pid()));
    }
    for (ProcessHandle child : process.descendants().toList()) {
      if (child.isAlive()) {
        run("kill", "-" + signal, Long.toString(child.pid()));
      }
    }
  }

  private void pinHostKey() throws IOException {
    String key = Files.readString(folder.resolve("host.pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:%d %s".formatted(port, key));
  }

  private static void newHostKey(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("host"));
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host").toString());
  }

  private static String run(String... command) throws IOException {
    Process started = execute(command);
    try (var out = started.getInputStream()) {
      return new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } finally {
      try {
        started.waitFor();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Without our environment, which such programs do not need.
  private static Process execute(String... command) throws IOException {
    String[] environment = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    return Runtime.getRuntime().exec(command, environment);
  }
}
