package dev.weir.cli.lab;

import dev.weir.cli.engine.OptionalEngine;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.Interruption;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.lab.record.LabRun;
import dev.weir.lab.record.RecordingTime;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SourceChoice;
import dev.weir.store.mongo.MongoTarget;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir record`: samples containers without a load.
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Record what the containers of a swarm use, without sending a load.",
    description = {
      "Samples every container of every node, records the swarm's events, and draws charts. Ends",
      "after --duration, or with Ctrl-C. On a worker it records that node only; runs of several",
      "nodes can share one database."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir record --duration 5m",
      "  weir record --database benchmarking2 --api-url http://localhost:70/api/v1.3/docker/",
      "  weir record --source docker --duration 30s --graphics graphics"
    })
public final class RecordCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @HelpSection("Schedule")
  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to record, such as 30s or 2m. Default: until Ctrl-C.")
  private @Nullable Duration duration;

  @Mixin private LabOptions lab = new LabOptions();

  @Override
  public Integer call() throws InterruptedException, IOException {
    return record(spec, lab, Optional.ofNullable(duration), Terminal.system());
  }

  /// Records until the time is over or Ctrl-C.
  static int record(
      CommandSpec spec, LabOptions lab, Optional<Duration> duration, Terminal terminal)
      throws InterruptedException, IOException {
    String database = lab.database("record");
    Duration cadence = lab.sampling().cadence();
    Optional<MongoTarget> mongo = lab.mongo(database);
    Path folder = lab.folder(database, mongo.isPresent());
    try (var connection = new OptionalEngine(lab.connect(false))) {
      Optional<Engine> engine = connection.engine();
      SampledNodes nodes = new SourceChoice(lab.sampling(), engine).choose();
      terminal.report("weir: sampling " + nodes.describe());
      var wait = new RecordingTime(duration, terminal);
      boolean shipped;
      boolean written;
      try (var _ = new Interruption(wait::stop)) {
        LabRun run =
            LabRun.start(
                folder,
                LabOptions.info(
                    folder,
                    database,
                    RepeatCommandLine.unseeded(spec),
                    0,
                    nodes,
                    Map.of("load", "none")),
                nodes,
                cadence,
                connection.manager(),
                mongo,
                terminal);
        try (run) {
          wait.await(run.recording());
        }
        try {
          run.missing().ifPresent(terminal::print);
          written = lab.outputs().write(folder, database, terminal) && run.isWhole();
        } finally {
          shipped = run.ship(wait.isStopped());
        }
      }
      if (wait.isStopped() && duration.isPresent()) {
        return ExitCode.INTERRUPTED;
      }
      return shipped && written ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
