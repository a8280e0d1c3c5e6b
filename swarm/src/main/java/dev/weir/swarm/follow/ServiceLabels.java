package dev.weir.swarm.follow;

import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.QueueSpec;
import dev.weir.base.FormerNames;
import dev.weir.base.PathPrefix;
import dev.weir.scale.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values of a service's `weir.*` labels.
///
/// @param port where its containers listen
/// @param policy how its requests are spread; empty for the default
/// @param hosts the hosts of its requests; empty for every host
/// @param path the prefix of its requests' paths
/// @param limit how many requests a replica may have in flight; empty for the default
/// @param slo the latency promised
/// @param lateLast whether late requests go behind the others; empty for the default
/// @param lenient whether responses of old programs may break rules; empty for the default
/// @param timeouts how long responses may take
/// @param scale how Weir may set its number of replicas; empty for not at all
public record ServiceLabels(
    int port,
    Optional<PolicySpec> policy,
    List<String> hosts,
    String path,
    Optional<LimitSpec> limit,
    Optional<Promise> slo,
    Optional<Boolean> lateLast,
    Optional<Boolean> lenient,
    ServiceTimeouts timeouts,
    Optional<ScaleLabels> scale) {
  static final String PORT = "weir.port";

  /// The promised latency, as in `p99<300ms`.
  public static final String SLO = "weir.slo";

  private static final String QUEUE = "weir.queue";
  private static final String LENIENT = "weir.replica.lenient";
  private static final List<String> KNOWN =
      Stream.concat(
              Stream.of(
                  PORT,
                  "weir.policy",
                  "weir.host",
                  "weir.path",
                  "weir.limit",
                  SLO,
                  QUEUE,
                  LENIENT,
                  ServiceTimeouts.RESPONSE,
                  ServiceTimeouts.STREAM_IDLE,
                  ServiceTimeouts.REQUEST),
              ScaleLabels.NAMES.stream())
          .toList();
  private static final String NAME = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final String HOST = "(\\*\\.)?%s(\\.%s)*".formatted(NAME, NAME);

  /// Reads the labels of a service.
  ///
  /// @param portDefault the port without weir.port; 0 for none
  /// @param problems gets one line for each wrong label
  /// @return empty if any label is wrong
  static Optional<ServiceLabels> parse(
      ServiceView service, int portDefault, List<String> problems) {
    int before = problems.size();
    var text = new LabelText(service, problems);
    var reader = new Reader(text);
    int port = reader.port(portDefault);
    Optional<PolicySpec> policy = reader.policy();
    List<String> hosts = reader.hosts();
    String path = reader.path();
    Optional<LimitSpec> limit = reader.limit();
    Optional<Promise> slo = reader.slo();
    Optional<Boolean> lateLast = reader.lateLast(slo.isPresent());
    Optional<Boolean> lenient = text.truth(LENIENT);
    ServiceTimeouts timeouts = reader.timeouts();
    Optional<ScaleLabels> scale = ScaleLabels.parse(text);
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new ServiceLabels(
                port, policy, hosts, path, limit, slo, lateLast, lenient, timeouts, scale));
  }

  /// Odd labels: former names, and names that nearly match one of ours.
  static List<String> odd(ServiceView service) {
    return service.labels().keySet().stream()
        .filter(key -> key.startsWith("weir.") && !KNOWN.contains(key))
        .flatMap(key -> suspicion(key).stream())
        .map(line -> "service %s: label %s".formatted(service.name(), line))
        .toList();
  }

  private static Optional<String> suspicion(String key) {
    String present = FormerNames.LABELS.get(key);
    return present != null
        ? Optional.of(
            "%s is now called %s; the next release no longer knows it".formatted(key, present))
        : KNOWN.stream()
            .filter(known -> sameLetters(known, key))
            .findFirst()
            .map(known -> "%s: unknown (expected: %s?)".formatted(key, known));
  }

  private static boolean sameLetters(String one, String other) {
    return letters(one).equals(letters(other))
        || one.equals(other + "s")
        || other.equals(one + "s")
        || one.equalsIgnoreCase(other);
  }

  private static String letters(String word) {
    char[] letters = word.toLowerCase(Locale.ROOT).toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  /// Its hosts and paths, for a reader.
  List<String> routes() {
    return hosts.isEmpty() ? List.of("*" + path) : hosts.stream().map(host -> host + path).toList();
  }

  /// Reads one service's labels, and notes errors.
  private record Reader(LabelText labels) {
    private Optional<String> label(String name) {
      return labels.of(name);
    }

    private void wrong(String name, String value, String expected) {
      labels.wrong(name, value, expected);
    }

    int port(int portDefault) {
      Optional<String> text = label(PORT);
      if (text.isEmpty() && portDefault > 0) {
        return portDefault;
      }
      int port = number(text.orElse(""), 0xffff);
      if (port < 1) {
        wrong(
            PORT,
            text.orElse("missing"),
            "the port its containers listen on, 1 to 65535, as in docker service update"
                + " --label-add weir.port=8080 "
                + labels.service().name());
      }
      return port;
    }

    private static int number(String text, int max) {
      if (!text.matches("[0-9]{1,6}")) {
        return -1;
      }
      int number = Integer.parseInt(text);
      return number > max ? -1 : number;
    }

    Optional<PolicySpec> policy() {
      Optional<String> text = label("weir.policy");
      Optional<PolicySpec> found =
          text.flatMap(name ->
              Stream.of(PolicySpec.values()).filter(one -> one.label().equals(name)).findFirst());
      if (text.isPresent() && found.isEmpty()) {
        wrong(
            "weir.policy",
            text.get(),
            "one of "
                + Stream.of(PolicySpec.values())
                    .map(PolicySpec::label)
                    .collect(Collectors.joining(", ")));
      }
      return found;
    }

    List<String> hosts() {
      var hosts = new ArrayList<String>();
      Optional<String> text = label("weir.host");
      for (String host : text.map(list -> list.split(",", -1)).orElse(new String[0])) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (!name.matches(HOST) || name.length() > 255 || hosts.size() == 64) {
          wrong(
              "weir.host",
              text.orElse(""),
              "names without a port, as in shop.example.com or *.example.com, with commas between");
          return List.of();
        }
        if (!hosts.contains(name)) {
          hosts.add(name);
        }
      }
      return hosts;
    }

    String path() {
      String text = label("weir.path").orElse("/");
      Optional<PathPrefix> path = PathPrefix.of(text);
      if (path.isEmpty()) {
        wrong("weir.path", text, "what paths begin with, as in /api");
      }
      return path.map(PathPrefix::text).orElse(text);
    }

    Optional<LimitSpec> limit() {
      Optional<String> text = label("weir.limit");
      try {
        return text.map(value -> LimitSpec.parse("weir.limit", value));
      } catch (IllegalArgumentException e) {
        wrong("weir.limit", text.orElse(""), LimitSpec.EXPECTED);
        return Optional.empty();
      }
    }

    ServiceTimeouts timeouts() {
      Duration least = Duration.ofMillis(1);
      return new ServiceTimeouts(
          timeout(ServiceTimeouts.RESPONSE, least),
          timeout(ServiceTimeouts.STREAM_IDLE, least),
          timeout(ServiceTimeouts.REQUEST, Duration.ZERO));
    }

    private Optional<Duration> timeout(String name, Duration least) {
      Optional<String> text = label(name);
      try {
        return text.map(value -> ServiceTimeouts.parse(value, least));
      } catch (IllegalArgumentException e) {
        wrong(name, text.orElse(""), ServiceTimeouts.EXPECTED);
        return Optional.empty();
      }
    }

    Optional<Boolean> lateLast(boolean hasSlo) {
      Optional<String> text = label(QUEUE);
      try {
        Optional<Boolean> lateLast = text.map(value -> QueueSpec.isLateLast(QUEUE, value));
        if (lateLast.orElse(false) && !hasSlo) {
          wrong(
              QUEUE, text.orElse(""), "beside it weir.slo, which says what is late, as p99<300ms");
        }
        return lateLast;
      } catch (IllegalArgumentException e) {
        wrong(QUEUE, text.orElse(""), QueueSpec.EXPECTED);
        return Optional.empty();
      }
    }

    Optional<Promise> slo() {
      Optional<String> text = label(SLO);
      try {
        return text.map(Promise::parse);
      } catch (IllegalArgumentException e) {
        wrong(SLO, text.orElse(""), Promise.EXPECTED);
        return Optional.empty();
      }
    }
  }
}
