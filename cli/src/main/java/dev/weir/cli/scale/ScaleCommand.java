package dev.weir.cli.scale;

import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.scale.Board;
import dev.weir.swarm.scale.ScaleOverview;
import dev.weir.swarm.scale.ScalerBoard;
import dev.weir.term.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir scale`: autoscaling of the swarm's services, seen from outside.
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    header = "Show, pause and resume the autoscaling of swarm services.",
    description = {
      "weir balance --swarm scales each service with the labels weir.slo and weir.scale. By default",
      "it only advises; with weir.scale.mode=act it sets the number of replicas. These commands ask",
      "a manager, wherever the balancers run."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  docker service update --label-add weir.slo='p99<300ms' --label-add weir.scale=2..20 web",
      "  weir scale status",
      "  weir scale history web",
      "  weir scale pause web --reason 'moving the database'",
      "  weir scale resume web"
    },
    subcommands = {
      CommandLine.HelpCommand.class,
      ScaleCommand.Status.class,
      ScaleHistoryCommand.class,
      ScaleCommand.Pause.class,
      ScaleCommand.Resume.class,
    })
public final class ScaleCommand extends CommandGroup {
  /// `weir scale status`.
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      header = "Show the services that are scaled, what they need and why.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir scale status", "  weir scale status web --context production"})
  static final class Status implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "Only this service.")
    private String service = "";

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        List<ScaleOverview> all = ScaleOverview.of(connected);
        if (!service.isEmpty()) {
          all = List.of(chosen(all, service));
        }
        ScaleTables.status(all).forEach(terminal::print);
        ScalerBoard.age(connected).flatMap(ScaleTables::staleness).ifPresent(terminal::print);
        return ExitCode.OK;
      }
    }
  }

  /// `weir scale pause`.
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      header = "Have the balancers leave a service's replicas alone until it is resumed.",
      description = "Deploys do not end the pause. It takes effect within some seconds.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir scale pause web", "  weir scale pause web --reason 'moving the database'"})
  static final class Pause implements Callable<Integer> {
    private static final int REASON_LETTERS_MAX = 200;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why, for those who see the pause; at most 200 letters.")
    private String reason = "";

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      if (reason.length() > REASON_LETTERS_MAX
          || reason.chars().anyMatch(Character::isISOControl)) {
        throw new UserError(
            "--reason: %s (expected: at most 200 letters, in one line)".formatted(reason));
      }
      try (Engine connected = engine.connect()) {
        ScaleOverview found = chosen(ScaleOverview.of(connected), service);
        String why =
            "%ssince %s"
                .formatted(
                    reason.isEmpty() ? "" : reason + ", ",
                    Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Board _ = ScalerBoard.change(connected, board -> board.pause(found.name(), why));
        terminal.print(
            "%s keeps its %d replicas until: weir scale resume %s"
                .formatted(found.name(), found.desired(), found.name()));
        return ExitCode.OK;
      }
    }
  }

  /// `weir scale resume`.
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      header = "Let the balancers scale a paused service again.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir scale resume web", "  weir scale resume web --context production"})
  static final class Resume implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        if (!ScalerBoard.read(connected).paused().containsKey(service)) {
          throw new UserError(
              "%s: not paused (weir scale status shows what is)".formatted(service));
        }
        Board _ = ScalerBoard.change(connected, board -> board.resume(service));
        terminal.print(service + " is scaled again");
        return ExitCode.OK;
      }
    }
  }

  /// The service of that name.
  ///
  /// @throws UserError if it is not scaled, naming those that are
  static ScaleOverview chosen(List<ScaleOverview> all, String name) {
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "%s: no service with the label weir.scale (expected: %s)"
                    .formatted(name, expected(all))));
  }

  private static String expected(List<ScaleOverview> all) {
    return all.isEmpty()
        ? "one that has it; to add it: " + ScaleTables.ADD_LABELS
        : all.stream().map(ScaleOverview::name).collect(Collectors.joining(", "));
  }
}
