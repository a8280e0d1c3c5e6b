package dev.weir.cli.stack;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.stack.StackListing;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackText;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir stack`: Compose files as services of the swarm.
@Command(
    name = "stack",
    mixinStandardHelpOptions = true,
    header = "Deploy, list and remove stacks: Compose files run by the swarm.",
    description =
        "Reads the files that 'docker stack' reads, and makes the same services of them. All"
            + " problems of a file are reported at once, with their lines.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir stack deploy -c stacks/weir.yml weir",
      "  weir stack display",
      "  weir stack rm weir"
    },
    subcommands = {
      CommandLine.HelpCommand.class,
      StackDeployCommand.class,
      StackCommand.Ls.class,
      StackCommand.Ps.class,
      StackCommand.Services.class,
      StackRemoveCommand.class,
      StackDisplayCommand.class,
      StackCommand.Config.class,
    })
public final class StackCommand extends CommandGroup {
  /// `weir stack ls`.
  @Command(
      name = "ls",
      aliases = "list",
      mixinStandardHelpOptions = true,
      header = "List the stacks.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir stack ls", "  weir stack ls --context production"})
  static final class Ls implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        TextTable table = new TextTable("NAME", "SERVICES");
        new StackListing(connected)
            .stacks()
            .forEach((stack, services) -> table.add(stack, services.toString()));
        table.lines().forEach(terminal::print);
        return ExitCode.OK;
      }
    }
  }

  /// `weir stack services`.
  @Command(
      name = "services",
      mixinStandardHelpOptions = true,
      header = "List the services of a stack.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir stack services weir", "  weir stack services weir --quiet"})
  static final class Services implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "NAME", description = "The stack.")
    private String stack = "";

    @Option(
        names = {"-q", "--quiet"},
        description = "Print only IDs.")
    private boolean quiet;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        List<StackListing.Service> services = new StackListing(connected).services(stack);
        if (services.isEmpty()) {
          terminal.report("nothing is deployed as " + stack);
        } else if (quiet) {
          services.forEach(each -> terminal.print(each.id()));
        } else {
          StackTables.services(services).forEach(terminal::print);
        }
        return ExitCode.OK;
      }
    }
  }

  /// `weir stack ps`.
  @Command(
      name = "ps",
      mixinStandardHelpOptions = true,
      header = "List the tasks of a stack, with those that ended.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir stack ps weir", "  weir stack ps weir --no-trunc"})
  static final class Ps implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "NAME", description = "The stack.")
    private String stack = "";

    @Option(names = "--no-trunc", description = "Print IDs and errors in full.")
    private boolean whole;

    @Option(
        names = {"-q", "--quiet"},
        description = "Print only IDs.")
    private boolean quiet;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        List<StackListing.Task> tasks = new StackListing(connected).tasks(stack);
        if (tasks.isEmpty()) {
          terminal.report("nothing is deployed as " + stack);
          return ExitCode.FAILED;
        }
        if (quiet) {
          tasks.forEach(each -> terminal.print(each.id()));
        } else {
          StackTables.tasks(tasks, whole).forEach(terminal::print);
        }
        return ExitCode.OK;
      }
    }
  }

  /// `weir stack config`.
  @Command(
      name = "config",
      mixinStandardHelpOptions = true,
      header = "Print the merged Compose files, with variables replaced.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  weir stack config -c stacks/weir.yml -c stacks/testbed.yml",
        "  weir stack config -c app.yml --skip-interpolation"
      })
  static final class Config implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private StackFiles files;

    @Option(names = "--skip-interpolation", description = "Leave variables as they are written.")
    private boolean skipInterpolation;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      Stack stack = files.load(!skipInterpolation);
      stack.warnings().forEach(warning -> terminal.report("warning: " + warning));
      terminal.print(StackText.of(stack).stripTrailing());
      return ExitCode.OK;
    }
  }
}
