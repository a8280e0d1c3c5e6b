package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.CommandGroup;
import dev.weir.cli.option.ExitCode;
import dev.weir.store.folder.RunJson;
import dev.weir.term.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir runs`: lists, shows and deletes recorded runs.
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    header = "List, show and delete recorded runs.",
    description = {
      "A run is a folder of plain files, described in docs/runs.md.",
      "With --database the runs are those of a MongoDB database: see docs/mongodb.md."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  weir runs ls", "  weir runs show weir-4rps", "  weir runs rm weir-4rps --yes"},
    subcommands = {
      CommandLine.HelpCommand.class,
      RunsCommand.Ls.class,
      RunsCommand.Show.class,
      RunsCommand.Rm.class,
      MongoExport.class,
      MongoImport.class,
    })
public final class RunsCommand extends CommandGroup {
  /// `weir runs ls`.
  @Command(
      name = "ls",
      aliases = "list",
      mixinStandardHelpOptions = true,
      header = "List the runs, the oldest first.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  weir runs ls",
        "  weir runs ls --runs /data/runs --json",
        "  weir runs ls --database benchmarking2"
      })
  static final class Ls implements Callable<Integer> {
    @Mixin private RunStoreOptions where = new RunStoreOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public Integer call() {
      try (RunStore<?> store = where.open()) {
        return list(store);
      }
    }

    private <S> int list(RunStore<S> store) {
      PrintWriter out = spec.commandLine().getOut();
      List<S> runs = store.list();
      if (json) {
        out.println(RunJson.pretty(runs));
      } else if (runs.isEmpty()) {
        out.println("no runs in %s".formatted(store.place()));
      } else {
        store.table(runs).forEach(out::println);
      }
      return ExitCode.OK;
    }
  }

  /// `weir runs show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Show what a run was, how it ended and what it kept.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir runs show weir-4rps", "  weir runs show ./elsewhere/weir-4rps --json"})
  static final class Show implements Callable<Integer> {
    @Mixin private RunStoreOptions where = new RunStoreOptions();

    @Parameters(paramLabel = "RUN", description = "A run's name, or the path of its folder.")
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private String run;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public Integer call() {
      try (RunStore<?> store = where.open()) {
        return show(store);
      }
    }

    private <S> int show(RunStore<S> store) {
      PrintWriter out = spec.commandLine().getOut();
      S found = store.describe(run);
      if (json) {
        out.println(RunJson.pretty(found));
      } else {
        store.details(found).forEach(out::println);
      }
      return ExitCode.OK;
    }
  }

  /// `weir runs rm`.
  @Command(
      name = "rm",
      aliases = "delete",
      mixinStandardHelpOptions = true,
      header = "Delete runs, with everything in their folders.",
      footerHeading = "%nExamples:%n",
      footer = {"  weir runs rm weir-4rps", "  weir runs rm weir-4rps weir-8rps --yes"})
  static final class Rm implements Callable<Integer> {
    @Mixin private RunStoreOptions where = new RunStoreOptions();

    @Parameters(
        paramLabel = "RUN",
        arity = "1..*",
        description = "Names of runs, or paths of their folders.")
    private List<String> names = new ArrayList<>();

    @Option(
        names = {"-y", "--yes"},
        description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    @Override
    public Integer call() {
      try (RunStore<?> store = where.open()) {
        return delete(store);
      }
    }

    private <S> int delete(RunStore<S> store) {
      PrintWriter out = spec.commandLine().getOut();
      // All names are checked before the first run is deleted: with a misspelt name, none is.
      List<S> runs = names.stream().distinct().map(store::describe).toList();
      if (!yes && !confirmed(store.table(runs), runs.size())) {
        spec.commandLine().getErr().println("nothing deleted");
        return ExitCode.FAILED;
      }
      for (S run : runs) {
        String deleted = store.delete(run);
        if (!json) {
          out.println("deleted " + deleted);
        }
      }
      if (json) {
        out.println(RunJson.pretty(Map.of("deleted", runs.stream().map(store::id).toList())));
      }
      return ExitCode.OK;
    }

    private static boolean confirmed(List<String> table, int count) {
      String reply =
          Terminal.ask(table, "Delete %s? [y/N] ".formatted(counted(count)))
              .orElseThrow(() ->
                  new UserError("runs rm: no terminal to ask at (expected: --yes to delete)"));
      return reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    private static String counted(int runs) {
      return runs == 1 ? "this run" : "these %d runs".formatted(runs);
    }
  }
}
