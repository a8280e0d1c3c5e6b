package dev.weir.cli.app;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.app.AppSpec;
import dev.weir.swarm.app.Apps;
import dev.weir.swarm.app.PublishedPort;
import dev.weir.swarm.app.PullPolicy;
import dev.weir.swarm.app.Readiness;
import dev.weir.swarm.app.StartListener;
import dev.weir.swarm.app.StartedApp;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir app run`.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Pull an image, run it, and wait until it responds.",
    description = {
      "Runs a container on the Engine's machine, or with --on a service of one replica on that",
      "node, with its ports bound there (host mode). If it does not start, it is removed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir app run nginx -p 8080:80",
      "  weir app run nginx:1.27 --name web -p 127.0.0.1:8080:80 -e TZ=UTC --pull always",
      "  weir app run registry.example.com/api:7 --on worker-1 -p 9000:9000 -- --verbose"
    })
final class AppRunCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, such as nginx:1.27.")
  private String image = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Arguments for its program, after --.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = {"--publish", "-p"},
      paramLabel = "[ADDRESS:]PORT:CONTAINER-PORT[/udp]",
      description = "Publish a port of the container on the machine. Repeatable.")
  private List<String> ports = new ArrayList<>();

  @Option(
      names = {"--env", "-e"},
      paramLabel = "NAME=VALUE",
      description = "An environment variable. Repeatable.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the app. Default: the last part of the image's name.")
  private @Nullable String name;

  @Option(
      names = "--on",
      paramLabel = "NODE",
      description =
          "Run on this node of the swarm, by name or id; the Engine must be a manager's. Default: on"
              + " the Engine's own machine.")
  private @Nullable String node;

  @Option(
      names = "--pull",
      paramLabel = "WHEN",
      defaultValue = "missing",
      description = "When to pull the image: always, missing or never (default: ${DEFAULT-VALUE}).")
  private PullPolicy pull = PullPolicy.MISSING;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long to wait for a response on the first TCP port; 0s does not wait (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration wait = Duration.ofSeconds(60);

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    AppSpec app =
        new AppSpec(
            image,
            name == null ? AppSpec.nameOf(image) : name,
            ports.stream().map(PublishedPort::parse).toList(),
            environment,
            arguments);
    try (Engine connected = engine.connect()) {
      StartedApp started =
          new Apps(connected)
              .run(
                  app,
                  Optional.ofNullable(node),
                  pull,
                  wait,
                  engine.registryAuth(),
                  new Watcher(terminal, image));
      terminal.clear();
      return report(started);
    }
  }

  private int report(StartedApp started) {
    if (started.readiness() instanceof Readiness.Ended(var why)) {
      terminal.report("weir: %s: %s".formatted(started.name(), why));
      return ExitCode.FAILED;
    }
    terminal.print("name       " + started.name());
    terminal.print("image      " + started.image());
    terminal.print("container  " + started.containerId());
    if (!started.node().isEmpty()) {
      terminal.print("node       " + started.node());
    }
    started.urls().forEach(url -> terminal.print("url        " + url));
    return switch (started.readiness()) {
      case Readiness.Responding(_, var status, var after) -> {
        String what = status == 0 ? "in a protocol other than HTTP" : "with status " + status;
        terminal.report(
            String.format(
                Locale.ROOT, "responds %s after %.1f s", what, after.toMillis() / 1_000.0));
        yield ExitCode.OK;
      }
      case Readiness.Running() -> ExitCode.OK;
      case Readiness.Silent(var url, var waited) -> {
        terminal.report(
            "weir: %s: no response within %s; it keeps running (remove it: weir app rm %s; more time: --wait)"
                .formatted(url, Progress.plain(waited), started.name()));
        yield ExitCode.FAILED;
      }
      case Readiness.Ended _ -> ExitCode.FAILED;
    };
  }

  /// Shows the pull as a bar, and the rest as lines.
  private static final class Watcher implements StartListener {
    private final Terminal terminal;
    private final Progress progress;

    Watcher(Terminal terminal, String image) {
      this.terminal = terminal;
      this.progress = new Progress(terminal, "pulling " + image, System.nanoTime());
    }

    @Override
    public void pulling(double share, String note) {
      progress.show(share, note, System.nanoTime());
    }

    @Override
    public void note(String line) {
      terminal.report(line);
    }
  }
}
