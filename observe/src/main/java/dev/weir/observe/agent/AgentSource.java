package dev.weir.observe.agent;

import dev.weir.observe.ClockDifference;
import dev.weir.observe.SampleSource;
import dev.weir.run.ContainerSample;
import dev.weir.run.SampleTimes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The containers of one node, from its agent, on this machine's clock.
///
/// Samples are lost only if the agent is unreachable for longer than it keeps them.
public final class AgentSource implements SampleSource {
  /*
   * The agent's samples have its node's time. Each response shows the clock difference to within
   * half its round trip, so the response with the shortest round trip is the most precise. It is
   * used until a shorter one comes or a minute has passed. A difference within its uncertainty
   * counts as zero, so that synchronous nodes are not corrected.
   */
  private static final Duration BELIEVED = Duration.ofMinutes(1);

  /// How many responses one reading takes; the next continues from their end.
  private static final int ASKED_MAX = 10;

  private final NodeAgent node;
  private final URI address;
  private final AgentClient client;
  private final Duration history;
  private Map<String, ContainerSample> last = Map.of();
  private Optional<Instant> newest = Optional.empty();
  private Duration ahead = Duration.ZERO;
  private Duration reported = Duration.ZERO;
  private Duration roundTrip = Duration.ofDays(1);
  private Instant measured = Instant.EPOCH;
  private Instant began = Instant.MAX;

  /// A source for a node with a known agent address, including everything that its agent still has.
  ///
  /// @throws IllegalArgumentException if the address is unknown
  public AgentSource(NodeAgent node, AgentClient client) {
    this(node, client, Duration.ofDays(1));
  }

  /// The same, for a recording that begins now.
  ///
  /// @param history the largest age of samples at the first reading
  public AgentSource(NodeAgent node, AgentClient client, Duration history) {
    this.node = node;
    this.address =
        node.address()
            .orElseThrow(() -> new IllegalArgumentException(node.node() + ": " + node.reason()));
    this.client = client;
    this.history = history;
  }

  @Override
  public String name() {
    return "agent on " + node.node();
  }

  /// The first request includes a handshake, so its round trip shows little about the clock.
  @Override
  public void begin() {
    last = Map.of();
    newest = Optional.empty();
    began = Instant.MAX;
    try {
      NodeResponse.Responded _ = client.stats(address, Optional.empty());
    } catch (IOException _) {
      return; // the next reading reports it
    }
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    NodeResponse.Responded response = client.stats(address, newest);
    believe(response, now);
    began = began.isBefore(now) ? began : now;
    var samples = new ArrayList<ContainerSample>();
    var latest = new HashMap<String, ContainerSample>();
    take(response, samples, latest);
    for (int asked = 1; response.more() && asked < ASKED_MAX; asked++) {
      try {
        response = client.stats(address, newest);
      } catch (IOException _) {
        break; // what came is good; the next round goes on from its end
      }
      take(response, samples, latest);
    }
    if (!response.problem().isEmpty() && samples.isEmpty()) {
      throw new IOException(response.problem());
    }
    for (ContainerSeries series : response.series()) {
      String name = series.container().name();
      ContainerSample known = last.get(name);
      if (!latest.containsKey(name) && known != null) {
        // The container still runs, and its next sample is yet to come.
        samples.add(known);
        latest.put(name, known);
      }
    }
    last = latest;
    return samples;
  }

  @Override
  public Optional<ClockDifference> clock() {
    return measured.equals(Instant.EPOCH)
        ? Optional.empty()
        : Optional.of(new ClockDifference(reported, roundTrip.dividedBy(2)));
  }

  private void take(
      NodeResponse.Responded response,
      List<ContainerSample> samples,
      Map<String, ContainerSample> latest) {
    for (ContainerSeries series : response.series()) {
      for (ContainerSample sample : series.samples()) {
        if (!SampleTimes.isPlausible(sample.timestamp())) {
          samples.add(sample.on(node.node())); // its reader leaves it out and says so
          continue;
        }
        newest = Optional.of(later(sample.timestamp()));
        ContainerSample ours = onOurClock(sample);
        if (ours.timestamp().isBefore(began.minus(history))) {
          continue;
        }
        samples.add(ours);
        latest.put(series.container().name(), ours);
      }
    }
  }

  private Instant later(Instant timestamp) {
    return newest.filter(before -> before.isAfter(timestamp)).orElse(timestamp);
  }

  private void believe(NodeResponse.Responded response, Instant now) {
    boolean better = response.roundTrip().compareTo(roundTrip) < 0;
    boolean old = Duration.between(measured, now).compareTo(BELIEVED) > 0;
    // More than both uncertainties: one of the clocks was set meanwhile.
    Duration wrong = roundTrip.plus(response.roundTrip()).dividedBy(2);
    boolean stepped = response.ahead().minus(reported).abs().compareTo(wrong) > 0;
    if (better || old || stepped) {
      roundTrip = response.roundTrip();
      measured = now;
      ahead = response.certainlyAhead();
      reported = response.ahead();
    }
  }

  private ContainerSample onOurClock(ContainerSample sample) {
    return sample.on(node.node()).at(sample.timestamp().minus(ahead));
  }
}
