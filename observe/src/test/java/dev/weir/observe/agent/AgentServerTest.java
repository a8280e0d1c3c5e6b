package dev.weir.observe.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.HostNames;
import dev.weir.base.UserError;
import dev.weir.observe.SampleListener;
import dev.weir.observe.container.CgroupTree;
import dev.weir.observe.http.HttpText;
import dev.weir.run.ContainerSample;
import dev.weir.tls.PrivateCa;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real agent on a real socket, with real TLS.
@Timeout(60)
final class AgentServerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path folder;

  private final FakeEngine engine = new FakeEngine().run(1, "web.1.x").run(2, "db");

  @Test
  void responsesWhatItSampled() throws Exception {
    try (AgentServer agent = start(Optional.empty())) {
      NodeResponse.Responded response =
          client(Optional.empty()).stats(uri(agent, "http"), Optional.empty());
      assertThat(response.node()).isEqualTo("n1");
      assertThat(response.problem()).isEmpty();
      assertThat(response.series())
          .extracting(one -> one.container().name(), one -> one.container().service())
          .contains(org.assertj.core.groups.Tuple.tuple("web.1.x", "web"));
      ContainerSample sample = response.series().getFirst().samples().getFirst();
      assertThat(sample.memoryWorkingSetBytes()).isEqualTo(39_845_888);
      assertThat(sample.cpuUserNanos()).isEqualTo(3_120_000_000L);
      assertThat(sample.timestamp()).isBetween(Instant.now().minusSeconds(30), Instant.now());
      assertThat(response.ahead().abs()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void documentsAreCadvisorsAndPagesAreFew() throws Exception {
    try (AgentServer agent = start(Optional.empty())) {
      var http = HttpText.of(Optional.empty(), TIMEOUT);
      URI base = uri(agent, "http");
      assertThat(http.get(base.resolve("/stats?since=2020-01-01T00:00:00Z")))
          .contains("\"cpu\":{\"usage\":{\"total\":1001,\"user\":3120000000,\"system\":410000000}}")
          .contains("\"memory\":{\"usage\":52428800,\"working_set\":39845888}")
          .contains("\"memory_limit\":134217728");
      assertThat(http.get(base.resolve("/stats?since=2999-01-01T00:00:00Z")))
          .contains("\"name\":\"db\"", "\"stats\":[]");
      assertThat(http.get(base.resolve("/containers"))).contains("web.1.x", "task1");
      assertThat(http.get(base.resolve("/health"))).contains("\"problem\":\"\"");
      assertThatThrownBy(() -> http.get(base.resolve("/stats?since=yesterday")))
          .hasMessageContaining("responded 400")
          .hasMessageContaining("RFC 3339");
      for (String page : List.of("/", "/info", "/v1.41/containers/json", "/swarm")) {
        assertThatThrownBy(() -> http.get(base.resolve(page)))
            .hasMessageContaining("responded 404");
      }
      assertThatThrownBy(() -> http.post(base.resolve("/stats"), "{}"))
          .hasMessageContaining("responded 405");
    }
  }

  @Test
  void healthReportsThatTheEngineIsDown() throws Exception {
    engine.down = true;
    try (AgentServer agent = start(Optional.empty())) {
      assertThatThrownBy(() ->
              HttpText.of(Optional.empty(), TIMEOUT).get(uri(agent, "http").resolve("/health")))
          .hasMessageContaining("responded 503")
          .hasMessageContaining("the engine does not respond: cannot connect");
    }
  }

  @Test
  void onlyAHolderOfTheClientCertificateIsResponded() throws Exception {
    PrivateCa.Certificates ours = issue();
    PrivateCa.Certificates theirs = issue();
    TlsIdentity server = identity("s", ours.server(), ours.serverKey(), ours.authority());
    try (AgentServer agent = start(Optional.of(server))) {
      URI address = uri(agent, "https");
      TlsIdentity client = identity("c", ours.client(), ours.clientKey(), ours.authority());
      assertThat(client(Optional.of(client)).stats(address, Optional.empty()).series()).hasSize(2);
      assertRefused(address, identity("t", theirs.client(), theirs.clientKey(), ours.authority()));
      assertRefused(
          address, identity("u", theirs.client(), theirs.clientKey(), theirs.authority()));
      // Right authority, wrong role: the servers' own key opens no other server.
      assertRefused(address, identity("v", ours.server(), ours.serverKey(), ours.authority()));
      // No certificate at all, and no TLS at all.
      assertThatThrownBy(() -> new NoCertificate(ours.authority()).get(address))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client(Optional.empty()).stats(uri(agent, "http"), Optional.empty()))
          .isInstanceOf(IOException.class);
    }
  }

  /// The right certificate does not help an older protocol.
  @Test
  void nothingOlderThanTls13IsSpoken() throws Exception {
    PrivateCa.Certificates ours = issue();
    TlsIdentity server = identity("s", ours.server(), ours.serverKey(), ours.authority());
    TlsIdentity client = identity("c", ours.client(), ours.clientKey(), ours.authority());
    try (AgentServer agent = start(Optional.of(server))) {
      assertThat(handshake(agent, client, "TLSv1.3")).isEqualTo("TLSv1.3");
      assertThatThrownBy(() -> handshake(agent, client, "TLSv1.2"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("protocol_version");
    }
  }

  private static String handshake(AgentServer agent, TlsIdentity client, String protocol)
      throws IOException {
    var factory = client.client().getSocketFactory();
    try (var socket = (SSLSocket) factory.createSocket("127.0.0.1", agent.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  /// Beside connections that say nothing, one that does gets a response at once, with TLS too.
  @Test
  void heldConnectionsKeepNobodyOut() throws Exception {
    PrivateCa.Certificates ours = issue();
    TlsIdentity server = identity("s", ours.server(), ours.serverKey(), ours.authority());
    TlsIdentity client = identity("c", ours.client(), ours.clientKey(), ours.authority());
    var held = new ArrayList<Socket>();
    try (AgentServer agent = start(Optional.of(server))) {
      for (int i = 0; i < 300; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), agent.address().getPort()));
      }
      URI address = uri(agent, "https");
      assertThat(client(Optional.of(client)).stats(address, Optional.empty()).series()).hasSize(2);
    } finally {
      for (Socket one : held) {
        one.close();
      }
    }
  }

  @Test
  void aServerWithTheClientsCertificateIsNotBelieved() throws Exception {
    PrivateCa.Certificates ours = issue();
    TlsIdentity client = identity("c", ours.client(), ours.clientKey(), ours.authority());
    try (AgentServer agent = start(Optional.of(client))) {
      assertThatThrownBy(
              () -> client(Optional.of(client)).stats(uri(agent, "https"), Optional.empty()))
          .hasMessageContaining("TLS");
    }
  }

  @Test
  void withoutTlsItListensOnThisMachineAlone() {
    var everywhere = new InetSocketAddress(0);
    assertThatThrownBy(() -> settings(everywhere, Optional.empty(), false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--listen: 0.0.0.0 without TLS")
        .hasMessageContaining("--insecure");
    assertThat(settings(everywhere, Optional.empty(), true).insecure()).isTrue();
    assertThat(settings(LOOPBACK, Optional.empty(), false).listen()).isEqualTo(LOOPBACK);
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
      assertThatThrownBy(() -> start(settings(at, Optional.empty(), false)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--listen: ")
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void aSourceReportsEachSampleOnceAndEveryContainerAlways() throws Exception {
    try (AgentServer agent = start(Optional.empty())) {
      var source =
          new AgentSource(
              new NodeAgent("n1", Optional.of(uri(agent, "http")), ""), client(Optional.empty()));
      Instant now = Instant.now();
      List<ContainerSample> first = source.read(now);
      List<ContainerSample> second = source.read(now);
      assertThat(first).extracting(ContainerSample::container).contains("web.1.x", "db");
      assertThat(second).extracting(ContainerSample::container).contains("web.1.x", "db");
      assertThat(second)
          .allSatisfy(
              sample -> assertThat(first.contains(sample) || isNewer(sample, first)).isTrue());
    }
  }

  @Test
  void aNodeThatDoesNotResponseIsSilentAndHoldsUpNobody() throws Exception {
    int free;
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = once.getLocalPort();
    }
    try (AgentServer agent = start(Optional.empty())) {
      List<NodeResponse> responses =
          client(Optional.empty())
              .askAll(
                  List.of(
                      new NodeAgent("up", Optional.of(uri(agent, "http")), ""),
                      new NodeAgent(
                          "down", Optional.of(URI.create("http://127.0.0.1:" + free)), ""),
                      new NodeAgent("none", Optional.empty(), "no agent runs there")));
      assertThat(responses.get(0)).isInstanceOf(NodeResponse.Responded.class);
      assertThat(responses.get(1))
          .isEqualTo(new NodeResponse.Silent("down", "127.0.0.1:" + free + ": cannot connect"));
      assertThat(responses.get(2))
          .isEqualTo(new NodeResponse.Silent("none", "no agent runs there"));
    }
  }

  private static boolean isNewer(ContainerSample sample, List<ContainerSample> before) {
    return before.stream()
        .filter(one -> one.container().equals(sample.container()))
        .allMatch(one -> sample.timestamp().isAfter(one.timestamp()));
  }

  private static void assertRefused(URI address, TlsIdentity identity) {
    assertThatThrownBy(() -> client(Optional.of(identity)).stats(address, Optional.empty()))
        .isInstanceOf(IOException.class);
  }

  private static AgentClient client(Optional<TlsIdentity> identity) {
    return new AgentClient(identity, TIMEOUT);
  }

  private static URI uri(AgentServer agent, String scheme) {
    return URI.create("%s://127.0.0.1:%d/".formatted(scheme, agent.address().getPort()));
  }

  private static PrivateCa.Certificates issue() {
    return PrivateCa.issue("weir-agent", "weir-client", Instant.now(), Duration.ofDays(1));
  }

  private TlsIdentity identity(String name, String certificate, String key, String authority)
      throws IOException {
    return TlsIdentity.read(
        Files.writeString(folder.resolve(name + ".pem"), certificate),
        Files.writeString(folder.resolve(name + "-key.pem"), key),
        Files.writeString(folder.resolve(name + "-ca.pem"), authority));
  }

  private static AgentSettings settings(
      InetSocketAddress listen, Optional<TlsIdentity> tls, boolean insecure) {
    return new AgentSettings(
        "n1",
        listen,
        tls,
        insecure,
        HostNames.PRIVATE,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
  }

  private AgentServer start(Optional<TlsIdentity> tls) {
    return start(settings(LOOPBACK, tls, false));
  }

  private AgentServer start(AgentSettings settings) {
    var tree =
        new CgroupTree(folder.resolve("cgroup"))
            .v1("docker/" + FakeEngine.id(1), 1_001)
            .v1("docker/" + FakeEngine.id(2), 1_002);
    return AgentServer.start(settings, Optional.of(tree.files()), engine, new Nobody());
  }

  /// Listens to no gap.
  private static final class Nobody implements SampleListener {
    @Override
    public void sampled(ContainerSample sample) {}

    @Override
    public void gap(String container, String reason) {}
  }
}
