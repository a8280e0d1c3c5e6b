package dev.weir.observe.cadvisor;

import dev.weir.observe.SampleSource;
import dev.weir.observe.wire.HttpText;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int COUNT_MIN = 5;
  private static final int COUNT_MAX = 120;

  private final URI base;
  private final String node;
  private final HttpText http;
  private Map<String, ContainerSample> last = Map.of();
  private @Nullable Instant answered;
  private @Nullable Dialect dialect;
  private List<Dialect> order = List.of(Dialect.values());

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
    URI base = address.resolve(api < 0 ? "/" : path.substring(0, api + 1));
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
  public List<ContainerSample> read(Instant now) throws IOException {
    Map<String, List<ContainerSample>> containers = ask(count(now));
    answered = now;
    var latest = new HashMap<String, ContainerSample>();
    var told = new ArrayList<ContainerSample>();
    containers.forEach((name, samples) -> {
      List<ContainerSample> fresh = fresh(name, samples);
      told.addAll(fresh);
      if (!fresh.isEmpty()) {
        latest.put(name, fresh.getLast());
      }
    });
    last = latest;
    return told;
  }

  private List<ContainerSample> fresh(String name, List<ContainerSample> samples) {
    ContainerSample known = last.get(name);
    if (known == null) {
      return samples;
    }
    List<ContainerSample> newer =
        samples.stream().filter(one -> one.timestamp().isAfter(known.timestamp())).toList();
    return newer.isEmpty() ? List.of(known) : newer;
  }

  /// A sample a second since the last answer, and some for cadences that do not meet.
  private int count(Instant now) {
    if (answered == null) {
      return COUNT_MIN;
    }
    long seconds = Math.clamp(Duration.between(answered, now).toSeconds(), 0, COUNT_MAX);
    return (int) Math.min(COUNT_MAX, seconds + COUNT_MIN);
  }

  private Map<String, List<ContainerSample>> ask(int count) throws IOException {
    if (dialect != null) {
      return CadvisorAnswer.parse(text(dialect, count), node);
    }
    IOException refused = new IOException(name() + ": does not answer");
    for (Dialect tried : order) {
      try {
        Map<String, List<ContainerSample>> answer = CadvisorAnswer.parse(text(tried, count), node);
        dialect = tried;
        return answer;
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

  /// Versions of its interface, the preferred one first.
  private enum Dialect {
    V2_1,
    V1_3
  }
}
