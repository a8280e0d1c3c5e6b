package dev.weir.cli.stack;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.RegistryAuth;
import dev.weir.swarm.nodes.SwarmMembership;
import dev.weir.swarm.nodes.SwarmStatus;
import dev.weir.swarm.stack.DeployOptions;
import dev.weir.swarm.stack.DeployOptions.ResolveImage;
import dev.weir.swarm.stack.StackDeploy;
import dev.weir.swarm.stack.StackWatch;
import dev.weir.swarm.stack.StackWatch.Progress;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir stack deploy`.
@Command(
    name = "deploy",
    aliases = "up",
    mixinStandardHelpOptions = true,
    header = "Deploy a stack from Compose files, or bring one up to date.",
    description = {
      "Creates networks, secrets, configs and services, and waits until they run. Keeps the",
      "replica counts of running services, because an autoscaler may have set them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir stack deploy -c stacks/weir.yml weir",
      "  weir stack deploy -c stacks/weir.yml --init-swarm --replicas app=4 weir",
      "  weir stack deploy -c app.yml -c production.yml --prune --detach shop"
    })
final class StackDeployCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private StackFiles files;

  @Parameters(paramLabel = "NAME", description = "The stack.")
  private String name = "";

  @Option(names = "--prune", description = "Remove services of the stack that no file names.")
  private boolean prune;

  @Option(
      names = "--resolve-image",
      paramLabel = "WHEN",
      description =
          "When to ask the registry for an image's digest and platforms: ${COMPLETION-CANDIDATES}."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "ALWAYS")
  private ResolveImage resolve = ResolveImage.ALWAYS;

  @Option(
      names = "--with-registry-auth",
      description = "Give the nodes your docker command's credentials for the images.")
  private boolean withRegistryAuth;

  @Option(
      names = {"-d", "--detach"},
      description = "Do not wait until the services run.")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait for the services. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5m",
      converter = DurationConverter.class)
  private Duration timeout = Duration.ofMinutes(5);

  @Option(
      names = "--replicas",
      paramLabel = "SERVICE=N",
      split = ",",
      description = "Run N replicas of a service, whatever the files say. Repeatable.")
  private Map<String, Long> replicas = new LinkedHashMap<>();

  @Option(
      names = "--reset-replicas",
      description = "Set the replica counts of the files, not the running ones.")
  private boolean resetReplicas;

  @Option(
      names = "--content-names",
      description =
          "Add a hash of the content to the names of secrets and configs, so that a change makes a"
              + " new one; unused old ones are removed.")
  private boolean contentNames;

  @Option(names = "--init-swarm", description = "Create a swarm first if the Engine is in none.")
  private boolean initSwarm;

  @Option(
      names = "--advertise-addr",
      paramLabel = "ADDRESS",
      description = "With --init-swarm: where other machines reach this one.")
  private @Nullable String advertise;

  private final Terminal terminal = Terminal.system();
  private final Set<String> reported = new HashSet<>();

  @Override
  public Integer call() {
    Stack stack = files.load(true);
    stack.warnings().forEach(warning -> terminal.report("warning: " + warning));
    try (Engine connected = engine.connect()) {
      if (initSwarm) {
        init(connected);
      }
      RegistryAuth auth = engine.registryAuth();
      DeployOptions options =
          new DeployOptions(
              prune,
              resolve,
              image -> withRegistryAuth ? auth.headers(image) : Map.of(),
              resetReplicas,
              checked(replicas),
              contentNames);
      Map<String, String> deployed =
          new StackDeploy(connected, options, terminal::report).deploy(stack, name);
      return detach ? ExitCode.OK : await(connected, deployed);
    }
  }

  private static Map<String, Long> checked(Map<String, Long> replicas) {
    replicas.forEach((service, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(
            "--replicas: %s=%d (expected: >= 0)".formatted(service, count));
      }
    });
    return Map.copyOf(replicas);
  }

  private void init(Engine connected) {
    if (!SwarmStatus.of(connected).isInSwarm()) {
      new SwarmMembership(connected).init(Optional.ofNullable(advertise), Optional.empty());
      terminal.report("Made a swarm of " + connected.address());
    }
  }

  private int await(Engine connected, Map<String, String> deployed) {
    List<Progress> end = new StackWatch(connected, deployed).await(timeout, this::report);
    terminal.clear();
    List<Progress> open = end.stream().filter(each -> !each.settled()).toList();
    if (open.isEmpty()) {
      terminal.print("%s: all %d services run".formatted(name, end.size()));
      return ExitCode.OK;
    }
    open.forEach(each -> terminal.report("weir: " + each));
    terminal.report(
        "weir: %s: %d of %d services do not run (see weir stack ps %s; --timeout waits longer)"
            .formatted(name, open.size(), end.size(), name));
    return ExitCode.FAILED;
  }

  /// On a terminal, one live line; elsewhere, a line for each change of a service.
  private void report(List<Progress> now) {
    if (terminal.isPerson()) {
      terminal.live(now.stream().map(Progress::toString).collect(Collectors.joining(" · ")));
    } else {
      now.stream()
          .filter(each -> reported.add(each.toString()))
          .forEach(each -> terminal.report(each.toString()));
    }
  }
}
