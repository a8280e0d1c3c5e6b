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

/// The containers of one node, from its cAdvisor, with cAdvisor's own timestamps.
public final class CadvisorSource implements SampleSource {
  /*
   * cAdvisor measures at its own times, repeats its last measurement in between, and keeps two
   * minutes. So each reading asks for all samples that can have come since the last successful one,
   * and reports the new ones. A container without a new sample is reported with its last one, since
   * omitting it would mean that it has ended.
   *
   * It asks in v2.1 first, with the number of samples in the address. If cAdvisor does not know
   * that version or the type, it asks in v1.3, with the number in the body. It never uses
   * /api/v1.3/subcontainers/docker, because cgroup v2 has no group of that name.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /// How long a comparison of clocks is valid.
  private static final Duration BELIEVED = Duration.ofMinutes(5);

  /// How old samples may be at the first reading: earlier ones are from before the recording.
  private static final Duration HISTORY = Duration.ofSeconds(2);

  /// How soon to retry a cAdvisor that did not respond.
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
  /// @param node its machine's name in charts
  public CadvisorSource(URI base, String node) {
    this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
    this.node = node;
    this.http = HttpText.of(Optional.empty(), TIMEOUT);
  }

  /// The same for an address as in the tutorials, with or without a path such as
  /// `/api/v1.3/subcontainers/docker/`. The version in the address is tried first.
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

  /// Its responses give the time in whole seconds only, but its samples are exact: so this waits
  /// for a tick of its clock.
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
      // The reading that follows reports the problem.
      return;
    }
  }

  /// Clocks drift. This runs beside the readings, because it takes a second.
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
      // Forwarded so that the reader reports it; it must not count as the newest.
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
    // The newest sample of all starts the first difference, at any age.
    return recent.isEmpty() ? List.of(newer.getLast()) : recent;
  }

  /// One sample per second since the last response, and some more because the cadences differ.
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

  /// A reported sample. Repetitions of it keep its first time, even if the clocks change.
  ///
  /// @param timestamp cAdvisor's own
  /// @param ours the sample on our clock
  private record Reported(Instant timestamp, ContainerSample ours) {}

  /// Versions of cAdvisor's API, the preferred one first.
  private enum Dialect {
    V2_1,
    V1_3
  }
}
