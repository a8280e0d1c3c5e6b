package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.cli.app.AppCommand;
import dev.weir.cli.balance.BalanceCommand;
import dev.weir.cli.balance.SocketProxyCommand;
import dev.weir.cli.cluster.ClusterCommand;
import dev.weir.cli.console.ConsoleCommand;
import dev.weir.cli.lab.BenchCommand;
import dev.weir.cli.lab.CompareCommand;
import dev.weir.cli.lab.DemoCommand;
import dev.weir.cli.lab.RecordCommand;
import dev.weir.cli.load.CalibrateCommand;
import dev.weir.cli.load.CalibrateSinkCommand;
import dev.weir.cli.load.LoadCommand;
import dev.weir.cli.monitor.AgentCommand;
import dev.weir.cli.monitor.MonitorCommand;
import dev.weir.cli.monitor.TopCommand;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.runs.ChartsCommand;
import dev.weir.cli.runs.CollectionsCommand;
import dev.weir.cli.runs.ReportCommand;
import dev.weir.cli.runs.RunsCommand;
import dev.weir.cli.scale.ScaleCommand;
import dev.weir.cli.simulate.SimulateCommand;
import dev.weir.cli.size.SizeCommand;
import dev.weir.cli.stack.StackCommand;
import dev.weir.cli.swarm.SwarmCommand;
import dev.weir.store.mongo.DatabaseException;
import dev.weir.swarm.engine.EngineException;
import dev.weir.term.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/// The root command and the process's entry point.
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Arrival-aware HTTP load balancer for Docker Swarm, with the load lab that proves it.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir demo", "  weir help load"},
    subcommands = {
      DemoCommand.class,
      LoadCommand.class,
      BalanceCommand.class,
      MonitorCommand.class,
      TopCommand.class,
      AgentCommand.class,
      SocketProxyCommand.class,
      ConsoleCommand.class,
      BenchCommand.class,
      CompareCommand.class,
      RecordCommand.class,
      SimulateCommand.class,
      SizeCommand.class,
      ReportCommand.class,
      ChartsCommand.class,
      RunsCommand.class,
      CollectionsCommand.class,
      AppCommand.class,
      ScaleCommand.class,
      ClusterCommand.class,
      SwarmCommand.class,
      StackCommand.class,
      CalibrateCommand.class,
      CalibrateSinkCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Weir extends CommandGroup {
  @Option(
      names = "--debug",
      description = "Print stack traces of errors.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  private Weir() {}

  /// Runs one command and exits with its code.
  public static void main(String[] args) {
    CommandLine command = commandLine();
    System.exit(command.execute(FormerOptions.renamed(args, command.getErr()::println)));
  }

  /// The whole command tree, ready to execute.
  public static CommandLine commandLine() {
    var weir = new Weir();
    CommandLine command =
        new CommandLine(weir)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(UsageErrors::report)
            .setExecutionExceptionHandler(weir::failed);
    HelpPages.apply(command);
    takeArgumentsAsTheyAre(command);
    // Help has no colours: escape sequences are made visible in all output.
    return command
        .setOut(Terminal.output())
        .setErr(Terminal.errors())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  /// Some of our options take `@FILE` as a value; picocli would replace it with the file's lines.
  private static void takeArgumentsAsTheyAre(CommandLine command) {
    command.setExpandAtFiles(false);
    command.getSubcommands().values().forEach(Weir::takeArgumentsAsTheyAre);
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    List<String> typed = parsed.originalArgs();
    if (debug) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      command.getErr().print(TypedSecrets.hidden(trace.toString(), typed));
    }
    String message = TypedSecrets.hidden(String.valueOf(e.getMessage()), typed);
    if (e instanceof UserError || e instanceof IllegalArgumentException) {
      command.getErr().println("weir: " + message);
      return ExitCode.USAGE;
    }
    if (e instanceof EngineException || e instanceof DatabaseException) {
      command.getErr().println("weir: " + message);
      return ExitCode.FAILED;
    }
    command
        .getErr()
        .println(
            "weir: defect: %s (run again with --debug and report it)"
                .formatted(TypedSecrets.hidden(e.toString(), typed)));
    return ExitCode.DEFECT;
  }
}
