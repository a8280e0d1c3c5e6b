package dev.weir.cli.balance;

import dev.weir.base.Problems;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.follow.FollowSettings;
import dev.weir.swarm.follow.TaskFollower;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that choose a swarm and its services to balance.
@HelpSection("Swarm")
final class FollowOptions {
  @Option(
      names = "--service",
      paramLabel = "NAME[:PORT]",
      description =
          "A swarm service to balance, and the port of its tasks if they have no label weir.port."
              + " Repeatable.")
  private List<String> services = new ArrayList<>();

  @Option(
      names = "--swarm",
      description = "Balance every service of the swarm that has the label weir.port.")
  private boolean swarm;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "Reach the tasks over this network. Default: the networks of Weir's own container."
              + " Repeatable.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--manager",
      paramLabel = "URL",
      description =
          "Another manager, asked when the first does not respond; in the form of --host."
              + " Repeatable.")
  private List<String> managers = new ArrayList<>();

  @Option(
      names = "--scale-log",
      paramLabel = "FILE",
      description =
          "Add each decision of autoscaling to this file, as a line of JSON with all its inputs.")
  private @Nullable Path scaleLog;

  @Option(
      names = "--poll-interval",
      paramLabel = "TIME",
      hidden = true,
      converter = DurationConverter.class,
      description = "Time between requests for tasks, to measure what a longer one costs.")
  private @Nullable Duration pollInterval;

  @Mixin private EngineOptions engine = new EngineOptions();

  /// Whether any option names services to follow.
  boolean isAsked() {
    return swarm || !services.isEmpty();
  }

  /// What is followed, such as `service primecheck`.
  String describe() {
    return swarm
        ? "every service with the label weir.port"
        : (services.size() == 1 ? "service " : "services ") + String.join(", ", named().keySet());
  }

  /// Adds the problems of these options.
  void check(Problems problems, List<String> replicas) {
    int ways = (replicas.isEmpty() ? 0 : 1) + (services.isEmpty() ? 0 : 1) + (swarm ? 1 : 0);
    if (ways != 1) {
      problems.add(
          "--replica, --service, --swarm: %s (expected: one of them, as in --replica"
                  .formatted(ways == 0 ? "none given" : "several given")
              + " http://127.0.0.1:9001 or --service web:8080)");
    }
    problems.check(
        scaleLog == null || isAsked(),
        "--scale-log",
        String.valueOf(scaleLog),
        "beside it --swarm or --service: only services of a swarm are scaled");
    OptionParsing.of(problems, this::settings);
  }

  private FollowSettings settings() {
    return new FollowSettings(named(), networks, Optional.ofNullable(pollInterval));
  }

  private Map<String, Integer> named() {
    var named = new LinkedHashMap<String, Integer>();
    for (String text : services) {
      int colon = text.lastIndexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      String port = colon < 0 ? "0" : text.substring(colon + 1);
      if (!port.matches("[0-9]{1,5}") || (colon >= 0 && Integer.parseInt(port) == 0)) {
        throw new IllegalArgumentException(
            "--service: %s (expected: NAME or NAME:PORT, as in web:8080)".formatted(text));
      }
      named.put(name, Integer.valueOf(port));
    }
    return named;
  }

  /// The managers, the first to be asked first.
  List<EngineAddress> addresses() {
    return engine.addresses(managers);
  }

  /// Asks the swarm for the first time.
  ///
  /// @param settings for services without labels of their own
  /// @param log takes a line for each failure and each recovery
  SwarmServiceSync open(ProxySettings settings, Consumer<String> log) {
    List<EngineAddress> addresses = addresses();
    return new SwarmServiceSync(
        TaskFollower.open(settings(), addresses, log), addresses, scaleLog, settings, log);
  }
}
