package dev.weir.observe.cadvisor;

import dev.weir.observe.ClockDifference;
import dev.weir.observe.SampleSource;
import dev.weir.observe.SteadyClock;
import dev.weir.observe.http.DateComparison;
import dev.weir.observe.http.HttpText;
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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The containers of one node as its cAdvisor sees them, at cAdvisor's own instants.
public final class CadvisorSource implements SampleSource {
  /*
   * cAdvisor measures when it likes, repeats what it has until then, and keeps two minutes. So each
   * reading asks for as many samples as can have come since the last one that succeeded, and passes
   * on those that are newer than what is known. A container without a new one is represented by its
   * last, since leaving it out would say that it has ended.
   *
   * Asked first is v2.1, which takes the count in the address; a cAdvisor that does not know it, or
   * not this type, is asked in v1.3, where the count is in the body. /api/v1.3/subcontainers/docker
   * is never used: on cgroup v2 there is no group of that name.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /// How long a comparison of clocks is believed.
  private static final Duration BELIEVED = Duration.ofMinutes(5);

  /// How old samples may be at the first reading: what was before the recording is none of its.
  private static final Duration HISTORY = Duration.ofSeconds(2);

  /// How soon one that did not respond is asked again.
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(5);

  private static final long PAUSE_NANOS = 10_000_000;
  private static final int COUNT_MIN = 5;
  private static final int COUNT_MAX = 120;

  private final URI base;
  private final String node;
  private final HttpText http;
  private Map<String, Reported> last = Map.of();
  private @Nullable Instant responded;
  private @Nullable Dialect dialect;
  private List<Dialect> order = List.of(Dialect.values());
  private boolean begun;
  private Instant compared = Instant.EPOCH;
  private Instant earliest = Instant.EPOCH;
  private volatile Optional<ClockDifference> clock = Optional.empty();

  /// A source of the cAdvisor at `base`, such as http://10.0.0.5:70/.
  ///
  /// @param node what charts call its machine
  public CadvisorSource(URI base, String node) {
    this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
    this.node = node;
    this.http = HttpText.of(Optional.empty(), TIMEOUT);
  }

  /// The same, of an address as the tutorials have it, with or without a path such as
  /// `/api/v1.3/subcontainers/docker/`. The version in it is asked for first.
  public static CadvisorSource named(URI address, String node) {
    String path = address.getPath() == null ? "" : address.getPath();
    int api = path.indexOf("/api/");
    URI base = api < 0 ? address : address.resolve(path.substring(0, api + 1));
    var source = new CadvisorSource(base, node);
    if (path.startsWith("/api/v1.", Math.max(api, 0))) {
      source.order = List.of(Dialect.V1_3, Dialect.V2_1);
    }
    return source;
  }

  @Override
  public String name() {
    return "cadvisor on " + node;
  }

  @Override
  public Optional<ClockDifference> clock() {
    return clock;
  }

  /// Its responses say its time in whole seconds only, and its samples say when they were taken: so
  /// its clock is looked at until it ticks.
  @Override
  public void begin() {
    last = Map.of();
    responded = null;
    begun = true;
    compared = Instant.now();
    earliest = compared.minus(HISTORY);
    compareClocks();
  }

  private void compareClocks() {
    try {
      new DateComparison(
              () -> http.date(base.resolve("healthz")),
              new SteadyClock(),
              () -> LockSupport.parkNanos(this, PAUSE_NANOS))
          .compare()
          .ifPresent(found -> clock = Optional.of(found));
    } catch (IOException _) {
      // The reading that follows says what is wrong with it.
      return;
    }
  }

  /// Clocks drift. Beside the readings, since it takes a second.
  private void compareAgain(Instant now) {
    Duration since = Duration.between(compared, now);
    if (begun && since.compareTo(clock.isPresent() ? BELIEVED : TRIED_AGAIN) > 0) {
      compared = now;
      Thread.startVirtualThread(this::compareClocks);
    }
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    compareAgain(now);
    Map<String, List<ContainerSample>> containers = ask(count(now));
    responded = now;
    Duration ahead = clock.map(ClockDifference::certain).orElse(Duration.ZERO);
    var latest = new HashMap<String, Reported>();
    var reported = new ArrayList<ContainerSample>();
    containers.forEach((name, samples) -> {
      // Passed on for its reader to say so; it must not stand for the newest.
      samples.stream().filter(one -> !isDated(one)).findFirst().ifPresent(reported::add);
      List<Reported> fresh =
          fresh(name, samples.stream().filter(CadvisorSource::isDated).toList(), ahead);
      fresh.forEach(one -> reported.add(one.ours()));
      if (!fresh.isEmpty()) {
        latest.put(name, fresh.getLast());
      }
    });
    last = latest;
    return reported;
  }

  private static boolean isDated(ContainerSample sample) {
    return SampleTimes.isPlausible(sample.timestamp());
  }

  private List<Reported> fresh(String name, List<ContainerSample> samples, Duration ahead) {
    Reported known = last.get(name);
    List<Reported> newer =
        samples.stream()
            .filter(one -> known == null || one.timestamp().isAfter(known.timestamp()))
            .map(one -> new Reported(one.timestamp(), one.at(one.timestamp().minus(ahead))))
            .toList();
    if (newer.isEmpty()) {
      return known == null ? newer : List.of(known);
    }
    List<Reported> recent =
        newer.stream().filter(one -> !one.ours().timestamp().isBefore(earliest)).toList();
    // The newest of all is what the first difference begins with, however old it is.
    return recent.isEmpty() ? List.of(newer.getLast()) : recent;
  }

  /// A sample a second since the last response, and some for cadences that do not meet.
  private int count(Instant now) {
    if (responded == null) {
      return COUNT_MIN;
    }
    long seconds = Math.clamp(Duration.between(responded, now).toSeconds(), 0, COUNT_MAX);
    return (int) Math.min(COUNT_MAX, seconds + COUNT_MIN);
  }

  private Map<String, List<ContainerSample>> ask(int count) throws IOException {
    if (dialect != null) {
      return CadvisorResponse.parse(text(dialect, count), node);
    }
    IOException refused = new IOException(name() + ": does not respond");
    for (Dialect tried : order) {
      try {
        Map<String, List<ContainerSample>> response =
            CadvisorResponse.parse(text(tried, count), node);
        dialect = tried;
        return response;
      } catch (HttpText.Refused e) {
        refused = e;
      }
    }
    throw refused;
  }

  private String text(Dialect spoken, int count) throws IOException {
    return switch (spoken) {
      case V2_1 ->
          http.get(base.resolve("api/v2.1/stats?type=docker&recursive=true&count=" + count));
      case V1_3 ->
          http.post(base.resolve("api/v1.3/docker/"), "{\"num_stats\":%d}".formatted(count));
    };
  }

  /// A reported sample. A repetition of it keeps its first time, even if the clocks change.
  ///
  /// @param timestamp cAdvisor's own
  /// @param ours the sample on our clock
  private record Reported(Instant timestamp, ContainerSample ours) {}

  /// Versions of its interface, the preferred one first.
  private enum Dialect {
    V2_1,
    V1_3
  }
}
