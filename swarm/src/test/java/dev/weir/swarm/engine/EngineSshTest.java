package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshLogin;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.testing.RealTime;
import dev.weir.testing.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client over SSH: a small Engine behind a real sshd on loopback.
class EngineSshTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Sshd sshd;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeEngine fake;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Sshd.isThere(), Sshd.MISSING);
    sshd = Sshd.start(folder);
    fake =
        FakeEngine.at(
            folder.resolve("docker.sock"),
            (_, response) -> response.json(200, "{\"ID\":\"a\",\"Swarm\":{}}"));
  }

  @AfterEach
  void stop() throws IOException {
    if (sshd != null) {
      fake.close();
      sshd.close();
    }
  }

  private EngineAddress.Ssh address(Sshd to, Path socket) {
    SshAddress at = SshAddress.parse(to.address(), "host");
    return new EngineAddress.Ssh(
        new SshLogin(at, Optional.of(to.key()), Optional.of(to.knownHosts())), socket);
  }

  private EngineAddress.Ssh address() {
    return address(sshd, folder.resolve("docker.sock"));
  }

  private static String ask(Engine engine) {
    return engine.get("/info").path("ID").asString("");
  }

  @Test
  void requestsShareOneLoginAndKeptConnections() throws Exception {
    try (Engine engine = Engine.connect(address());
        Engine second = Engine.connect(address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (int i = 0; i < 20; i++) {
        answers.add(threads.submit(() -> ask(engine)));
        answers.add(threads.submit(() -> ask(second)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("a");
      }
      assertThat(engine.apiVersion()).isEqualTo("1.41");
      assertThat(logins()).isEqualTo(1);
    }
  }

  private long logins() throws IOException {
    return Files.readAllLines(folder.resolve("sshd.log")).stream()
        .filter(line -> line.startsWith("Accepted publickey"))
        .count();
  }

  @Test
  void afterARestartOfTheServerItLogsInAgain() throws Exception {
    try (Engine engine = Engine.connect(address())) {
      assertThat(ask(engine)).isEqualTo("a");
      sshd.restart();
      assertThat(askUntilDone(engine)).isEqualTo("a");
      assertThat(logins()).isEqualTo(2);
    }
  }

  /// A request that is under way when the connection breaks fails; the next one works.
  private static String askUntilDone(Engine engine) {
    EngineException last = null;
    for (int tries = 0; tries < 20; tries++) {
      try {
        return ask(engine);
      } catch (EngineException e) {
        last = e;
        RealTime.pass(Duration.ofMillis(100));
      }
    }
    throw last == null ? new IllegalStateException() : last;
  }

  @Test
  void aServerThatIsFrozenIsLeftForTheNextManager(@TempDir Path other) throws Exception {
    try (var second = Sshd.start(other);
        var managers =
            new EngineFailover(
                List.of(address(), address(second, folder.resolve("docker.sock"))))) {
      assertThat(managers.ask(EngineSshTest::ask)).isEqualTo("a");
      sshd.freeze();
      long startNanos = System.nanoTime();
      assertThatThrownBy(() -> managers.ask(EngineSshTest::ask))
          .isInstanceOf(EngineException.class);
      managers.next();
      assertThat(managers.ask(EngineSshTest::ask)).isEqualTo("a");
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .isLessThan(Duration.ofSeconds(30));
      sshd.thaw();
    }
  }

  @Test
  void aFrozenServerIsGivenUpAtTheFirstConnection() throws Exception {
    sshd.freeze();
    long startNanos = System.nanoTime();
    assertThatThrownBy(() -> Engine.connect(address()))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageStartingWith("ssh://" + sshd.address());
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void streamsGoOnUntilTheyAreClosed() throws Exception {
    try (var streaming =
            FakeEngine.at(
                folder.resolve("stream.sock"),
                (_, response) -> response.json(200, "{\"Type\":\"service\"}"));
        Engine engine = Engine.connect(address(sshd, folder.resolve("stream.sock")));
        EngineStream stream = engine.stream("GET", "/events", Map.of(), null, Map.of())) {
      assertThat(streaming.requests()).hasSize(1);
      assertThat(new JsonLines(stream).next()).isPresent();
    }
  }

  @Test
  void nothingOfItStaysAfterTheEnd() throws Exception {
    Engine.connect(address()).close();
    long own = ProcessHandle.current().pid();
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.filter(f -> f.toString().contains("weir-ssh-" + own))).isEmpty();
    }
  }

  @Test
  void aMachineWithoutAnEngineIsNamed() {
    assertThatThrownBy(() -> Engine.connect(address(sshd, folder.resolve("none.sock"))))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("there is no %s on it".formatted(folder.resolve("none.sock")));
  }

  @Test
  void anEngineThatIsDownIsNamed() throws IOException {
    fake.close();
    assertThatThrownBy(() -> Engine.connect(address()))
        .hasMessageContaining("there takes no connection")
        .hasMessageContaining("systemctl start docker");
  }

  @Test
  void aServerThatForwardsNothingIsNamed(@TempDir Path other) throws IOException {
    try (var strict = Sshd.start(other, "AllowStreamLocalForwarding no")) {
      assertThatThrownBy(() -> Engine.connect(address(strict, folder.resolve("docker.sock"))))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
          .hasMessageContaining("AllowStreamLocalForwarding yes");
    }
  }

  @Test
  void aChangedHostKeyIsRefused() throws IOException {
    sshd.changeHostKey();
    assertThatThrownBy(() -> Engine.connect(address()))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN))
        .hasMessageContaining("the host key has changed")
        .hasMessageContaining("ssh-keygen -f");
  }
}
