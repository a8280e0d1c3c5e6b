package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A testbed: one of a test's own, or the one that tests share; the commands of `testbed/` as a
/// user types them.
final class Testbed implements AutoCloseable {
  static final String REGISTRY = "198.18.0.1:5000";

  private static final Path SCRIPTS = Sources.root().resolve("testbed");
  private static final long LONGEST_SECONDS = 900;

  private static @Nullable Testbed shared;

  private final Path state;

  private Testbed(Path state) {
    this.state = state;
  }

  /// Skips the test on machines without testbeds; it says how to run it.
  static void assumePossible() {
    boolean possible =
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    assumeTrue(possible, "needs root on Debian or Ubuntu; to run it: sudo ./mvnw verify");
  }

  /// The one that is up where `WEIR_TESTBED` says, or else one that all tests of this run share,
  /// with the images of these very sources. What this run brought up, it takes down at its end.
  static synchronized Testbed shared() throws Exception {
    Testbed known = shared;
    if (known == null) {
      assumePossible();
      String folder = System.getenv().getOrDefault("WEIR_TESTBED", "/var/tmp/weir-testbed");
      known = new Testbed(Path.of(folder));
      if (!Files.exists(known.socket())) {
        Runtime.getRuntime().addShutdownHook(new Thread(known::closeAtExit, "testbed-down"));
      }
      known.run("up");
      known.run("images");
      shared = known;
    }
    return known;
  }

  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException("testbed/down may have left something in " + state, e);
    }
  }

  /// The manager's engine.
  Path socket() {
    return state.resolve("nodes/m1/docker.sock");
  }

  /// One that is not up.
  static Testbed down() {
    return down("");
  }

  /// One that is not up, beside others of these tests.
  static Testbed down(String name) {
    return new Testbed(Path.of("/var/tmp/weir-test-" + ProcessHandle.current().pid() + name));
  }

  /// Skips the test without a Go to build FerretDB with; it says how to run it.
  static void assumeMongoPossible() {
    boolean go =
        Files.isExecutable(Path.of("/usr/local/go/bin/go"))
            || Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    assumeTrue(go, "needs Go 1.24 to build FerretDB; to run it: see testbed/mongo --help");
  }

  /// Brings one up: a manager `m1` and workers `w1`, `w2`, and so on.
  static Testbed up(int workers) throws Exception {
    Testbed testbed = down();
    try {
      testbed.run("up", "--workers", "" + workers);
      return testbed;
    } catch (IOException | InterruptedException | AssertionError e) {
      testbed.close();
      throw e;
    }
  }

  Path state() {
    return state;
  }

  /// Runs `testbed/command args`, which must succeed; returns what it printed.
  String run(String command, String... args) throws IOException, InterruptedException {
    Result result = attempt(command, args);
    assertThat(result.exitCode()).as("testbed/%s: %s", command, result.said()).isZero();
    return result.said();
  }

  /// Runs `testbed/command args`, however it ends.
  Result attempt(String command, String... args) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(SCRIPTS.resolve(command).toString()));
    all.addAll(List.of(args));
    Path said = Files.createTempFile("testbed", ".log");
    try {
      // To a file: a process that the command leaves running must not hold a pipe that we read.
      var builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().put("WEIR_TESTBED", state.toString());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        throw new AssertionError("testbed/%s does not end".formatted(all));
      }
      return new Result(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    } finally {
      Files.delete(said);
    }
  }

  /// Starts `weir` as a client beside the nodes, with the manager's engine to ask.
  WeirProcess weir(Path folder, String... args) throws IOException {
    return WeirProcess.start(
        List.of("env", "WEIR_TESTBED=" + state, SCRIPTS.resolve("exec").toString(), "client"),
        folder,
        args);
  }

  /// Runs docker against the manager's engine: the command that came with the engine, if it is
  /// there.
  String docker(String... args) throws IOException, InterruptedException {
    Path own = Path.of(Files.readString(state.resolve("engine")).strip(), "usr/bin/docker");
    String command = Files.isExecutable(own) ? own.toString() : "docker";
    return run(
        "exec", Stream.concat(Stream.of("m1", command), Stream.of(args)).toArray(String[]::new));
  }

  /// Gets a page from beside the nodes; the whole response, empty if none came.
  String get(String address, int port, String path) throws IOException, InterruptedException {
    String script =
        "exec 3<> /dev/tcp/%s/%d && printf 'GET %s HTTP/1.0\\r\\n\\r\\n' >&3 && timeout 5 cat <&3"
            .formatted(address, port, path);
    Result result = attempt("exec", "client", "timeout", "10", "bash", "-c", script);
    return result.exitCode() == 0 ? result.said() : "";
  }

  /// Looks again and again; each look is a process, and takes its time.
  void await(String what, int seconds, Look look, Predicate<String> expected) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String seen = look.look();
    while (!expected.test(seen)) {
      assertThat(System.nanoTime()).as("%s; seen last: %s", what, seen).isLessThan(end);
      seen = look.look();
    }
  }

  /// Takes it down; nothing happens the second time.
  @Override
  public void close() throws IOException {
    try {
      run("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while taking the testbed down: " + state, e);
    }
  }

  /// What a command printed, both streams, and its exit code.
  record Result(int exitCode, String said) {}

  /// One look at something.
  @FunctionalInterface
  interface Look {
    String look() throws Exception;
  }
}
