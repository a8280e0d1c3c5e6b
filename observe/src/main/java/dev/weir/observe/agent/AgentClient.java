package dev.weir.observe.agent;

import dev.weir.observe.SteadyClock;
import dev.weir.observe.wire.Documents;
import dev.weir.observe.wire.HttpText;
import dev.weir.observe.wire.TlsIdentity;
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

/// Asks agents.
public final class AgentClient {
  /// A thousand containers at ten samples a second have a hundred thousand in ten seconds.
  private static final int ASKED_MAX = 30;

  private final HttpText http;

  /// As the sampler's: a step of this machine's clock moves no sample.
  private final SteadyClock clock = new SteadyClock();

  /// @param identity what to show and whom to trust; absent for agents without TLS
  /// @param timeout how long an agent may take to answer
  public AgentClient(Optional<TlsIdentity> identity, Duration timeout) {
    this.http = HttpText.of(identity, timeout);
  }

  /// The samples after an instant of the agent's clock; without one, those of the last ten seconds.
  /// Of many only the oldest: [NodeAnswer.Answered#more] tells that there are others, to be asked
  /// for from [NodeAnswer.Answered#newest] on.
  ///
  /// @throws IOException if it does not answer; its message says why, in one line
  public NodeAnswer.Answered stats(URI agent, Optional<Instant> since) throws IOException {
    String query = since.map(at -> "?since=" + Documents.text(at)).orElse("");
    Instant asked = clock.get();
    long askedNanos = System.nanoTime();
    String text = http.get(agent.resolve("/stats" + query));
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - askedNanos);
    AgentDocuments.Stats stats = AgentDocuments.read(text);
    Instant middle = asked.plus(roundTrip.dividedBy(2));
    return new NodeAnswer.Answered(
        stats.node(),
        stats.series(),
        stats.problem(),
        Duration.between(middle, stats.time()),
        roundTrip,
        stats.more());
  }

  /// Asks all nodes at once for the last ten seconds. The slowest sets how long that takes, up to
  /// the timeout.
  public List<NodeAnswer> askAll(List<NodeAgent> nodes) throws InterruptedException {
    var answers = new ArrayList<NodeAnswer>(nodes.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<NodeAnswer>> asked =
          nodes.stream().map(node -> threads.submit(() -> ask(node))).toList();
      for (Future<NodeAnswer> one : asked) {
        answers.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking an agent broke down: " + e.getCause(), e);
    }
    return answers;
  }

  private NodeAnswer ask(NodeAgent node) {
    if (node.address().isEmpty()) {
      return new NodeAnswer.Silent(node.node(), node.reason());
    }
    try {
      NodeAnswer.Answered answer = recent(node.address().get());
      String name = node.node().isEmpty() ? answer.node() : node.node();
      return new NodeAnswer.Answered(
          name,
          answer.series(),
          answer.problem(),
          answer.ahead(),
          answer.roundTrip(),
          answer.more());
    } catch (IOException e) {
      return new NodeAnswer.Silent(
          node.node().isEmpty() ? node.address().get().getAuthority() : node.node(),
          Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /// The last ten seconds, in as many answers as it takes.
  private NodeAnswer.Answered recent(URI agent) throws IOException {
    NodeAnswer.Answered answer = stats(agent, Optional.empty());
    for (int asked = 1; answer.more() && asked < ASKED_MAX; asked++) {
      answer = answer.and(stats(agent, answer.newest()));
    }
    return answer;
  }
}
