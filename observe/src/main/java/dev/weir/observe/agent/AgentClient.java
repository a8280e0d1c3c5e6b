package dev.weir.observe.agent;

import dev.weir.observe.SteadyClock;
import dev.weir.observe.http.Documents;
import dev.weir.observe.http.HttpText;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A client of agents.
public final class AgentClient {
  /// A thousand containers at ten samples a second have a hundred thousand in ten seconds.
  private static final int ASKED_MAX = 30;

  private final HttpText http;

  /// The same kind as the sampler's: steps of this machine's clock move no sample.
  private final SteadyClock clock = new SteadyClock();

  /// @param identity our certificate and which to trust; absent for agents without TLS
  /// @param timeout how long an agent may take to respond
  public AgentClient(Optional<TlsIdentity> identity, Duration timeout) {
    this.http = HttpText.of(identity, timeout);
  }

  /// The samples after an instant of the agent's clock; without one, those of the last ten seconds.
  /// If there are many, only the oldest: [NodeResponse.Responded#more] says that others follow
  /// [NodeResponse.Responded#newest].
  ///
  /// @throws IOException if it does not respond, with the reason in one line
  public NodeResponse.Responded stats(URI agent, Optional<Instant> since) throws IOException {
    String query = since.map(at -> "?since=" + Documents.text(at)).orElse("");
    Instant asked = clock.get();
    long askedNanos = System.nanoTime();
    String text = http.get(agent.resolve("/stats" + query));
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - askedNanos);
    AgentDocuments.Stats stats = AgentDocuments.read(text);
    Instant middle = asked.plus(roundTrip.dividedBy(2));
    return new NodeResponse.Responded(
        stats.node(),
        stats.series(),
        stats.problem(),
        Duration.between(middle, stats.time()),
        roundTrip,
        stats.more());
  }

  /// Asks all nodes at once for the last ten seconds. It takes as long as the slowest, at most the
  /// timeout.
  public List<NodeResponse> askAll(List<NodeAgent> nodes) throws InterruptedException {
    var responses = new ArrayList<NodeResponse>(nodes.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<NodeResponse>> asked =
          nodes.stream().map(node -> threads.submit(() -> ask(node))).toList();
      for (Future<NodeResponse> one : asked) {
        responses.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking an agent broke down: " + e.getCause(), e);
    }
    return responses;
  }

  private NodeResponse ask(NodeAgent node) {
    if (node.address().isEmpty()) {
      return new NodeResponse.Silent(node.node(), node.reason());
    }
    try {
      NodeResponse.Responded response = recent(node.address().get());
      String name = node.node().isEmpty() ? response.node() : node.node();
      return new NodeResponse.Responded(
          name,
          response.series(),
          response.problem(),
          response.ahead(),
          response.roundTrip(),
          response.more());
    } catch (IOException e) {
      return new NodeResponse.Silent(
          node.node().isEmpty() ? node.address().get().getAuthority() : node.node(),
          Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /// The last ten seconds, in as many responses as needed.
  private NodeResponse.Responded recent(URI agent) throws IOException {
    NodeResponse.Responded response = stats(agent, Optional.empty());
    for (int asked = 1; response.more() && asked < ASKED_MAX; asked++) {
      response = response.and(stats(agent, response.newest()));
    }
    return response;
  }
}
