package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.store.DatabaseException;
import dev.weir.swarm.engine.EngineException;
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
      BenchCommand.class,
      CompareCommand.class,
      RecordCommand.class,
      SimulateCommand.class,
      ReportCommand.class,
      ChartsCommand.class,
      RunsCommand.class,
      CollectionsCommand.class,
      AppCommand.class,
      SwarmCommand.class,
      StackCommand.class,
      CalibrateCommand.class,
      CalibrateSinkCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Weir implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--debug",
      description = "Print stack traces of errors.",
      scope = CommandLine.ScopeType.INHERIT)
  private boolean debug;

  private Weir() {}

  /// Runs one command and exits with its code.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// The whole command tree, ready to execute.
  static CommandLine commandLine() {
    var weir = new Weir();
    CommandLine command =
        new CommandLine(weir)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false) // @FILE is a value of options of ours
            .setParameterExceptionHandler(Misuse::tell)
            .setExecutionExceptionHandler(weir::failed);
    HelpPages.apply(command);
    return command;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof UserError || e instanceof IllegalArgumentException) {
      command.getErr().println("weir: " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof EngineException || e instanceof DatabaseException) {
      command.getErr().println("weir: " + e.getMessage());
      return ExitCode.FAILED;
    }
    command
        .getErr()
        .println("weir: defect: %s (run again with --debug and report it)".formatted(e));
    return ExitCode.DEFECT;
  }
}
