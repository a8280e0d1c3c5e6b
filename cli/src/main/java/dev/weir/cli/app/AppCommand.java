package dev.weir.cli.app;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.app.AppRow;
import dev.weir.swarm.app.Apps;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir app`: manages single apps, on this machine or on a chosen node.
@Command(
    name = "app",
    mixinStandardHelpOptions = true,
    header = "Run, list and remove single apps: containers here, or on a node of the swarm.",
    description = "For whole systems of services, see the stack commands.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  weir app run nginx -p 8080:80", "  weir app ls", "  weir app rm nginx"},
    subcommands = {
      CommandLine.HelpCommand.class,
      AppRunCommand.class,
      AppCommand.Ls.class,
      AppCommand.Rm.class,
    })
public final class AppCommand extends CommandGroup {
  /// `weir app ls`.
  @Command(
      name = "ls",
      aliases = "list",
      mixinStandardHelpOptions = true,
      header = "List the apps that 'weir app run' started.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir app ls", "  weir app ls --host unix:///var/run/docker.sock --json"})
  static final class Ls implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        List<AppRow> rows = new Apps(connected).list();
        if (json) {
          terminal.print(Apps.json(rows));
        } else if (rows.isEmpty()) {
          terminal.print("no apps on " + connected.address());
        } else {
          table(rows).lines().forEach(terminal::print);
        }
        return ExitCode.OK;
      }
    }

    private static TextTable table(List<AppRow> rows) {
      var table = new TextTable("NAME", "KIND", "STATE", "PORTS", "NODE", "IMAGE", "ID");
      for (AppRow row : rows) {
        table.add(
            row.name(),
            row.kind(),
            row.state(),
            row.ports(),
            row.node(),
            row.image(),
            row.id().substring(0, Math.min(12, row.id().length())));
      }
      return table;
    }
  }

  /// `weir app rm`.
  @Command(
      name = "rm",
      mixinStandardHelpOptions = true,
      header = "Stop and remove apps that 'weir app run' started.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir app rm nginx", "  weir app rm web api --context lab"})
  static final class Rm implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private EngineOptions engine;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of apps.")
    private List<String> names = List.of();

    private final Terminal terminal = Terminal.system();

    @Override
    public Integer call() {
      try (Engine connected = engine.connect()) {
        var apps = new Apps(connected);
        for (String name : names) {
          terminal.print("removed %s %s".formatted(apps.remove(name).kind(), name));
        }
        return ExitCode.OK;
      }
    }
  }
}
