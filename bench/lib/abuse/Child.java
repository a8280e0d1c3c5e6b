import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process that is started here, and stopped here by its id, however this one ends.
final class Child implements AutoCloseable {
  private static final int PORT_TRIES = 2_400;
  private static final int PORT_MILLIS = 50;
  private static final Set<Child> LIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(Child::kill)));
  }

  private final String name;
  private final Process process;
  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Writer in;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    LIVE.add(this);
  }

  /// Starts a process that writes its output to a log.
  ///
  /// @param environment what is added to that of this process
  static Child logged(String name, Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(own(command)).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new Child(name, builder.start());
  }

  /// Starts a process that is talked to, line by line. Its errors go to a log.
  static Child speaking(String name, Path log, List<String> command) throws IOException {
    var builder = new ProcessBuilder(own(command));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var child = new Child(name, builder.start());
    Thread.ofPlatform().daemon().name(name).start(child::listen);
    return child;
  }

  /// In a session of its own, so that the kernel gives it a share of the processors of its own.
  private static List<String> own(List<String> command) {
    List<String> all = new ArrayList<>(List.of("setsid"));
    all.addAll(command);
    return all;
  }

  private void listen() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// @throws IOException if it has failed
  void check() throws IOException {
    if (exit() > 0) {
      throw new IOException(name + " ended with exit code " + exit() + "; its log says why");
    }
  }

  /// The exit code; -1 while it runs.
  int exit() {
    return process.isAlive() ? -1 : process.exitValue();
  }

  void report(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /// Waits until it says the line.
  ///
  /// @return what it said before
  /// @throws IOException if it says nothing of the kind in time
  List<String> await(String line, Duration time) throws IOException, InterruptedException {
    List<String> before = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (true) {
      String next = said.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new IOException(name + " did not say '" + line + "' in " + time.toSeconds() + " s");
      }
      if (next.equals(line)) {
        return before;
      }
      before.add(next);
    }
  }

  /// Waits until something listens on the port, for two minutes: a machine may be busy.
  ///
  /// @return whether it does, before this process ended
  boolean awaitPort(int port) throws InterruptedException {
    for (int i = 0; i < PORT_TRIES && isAlive(); i++) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException e) {
        Thread.sleep(PORT_MILLIS);
      }
    }
    return false;
  }

  /// @param signal such as TERM
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid()).start().waitFor();
  }

  /// Waits for its end.
  ///
  /// @return whether it has ended
  boolean awaitEnd(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    kill();
  }

  private void kill() {
    process.destroyForcibly();
    LIVE.remove(this);
  }
}
