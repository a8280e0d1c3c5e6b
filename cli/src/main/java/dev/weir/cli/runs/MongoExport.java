package dev.weir.cli.runs;

import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.Interruption;
import dev.weir.store.mongo.MongoRuns;
import dev.weir.store.mongo.UploadListener;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir runs export`: copies a run folder into MongoDB.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Copy a run into a MongoDB database.",
    description = {
      "Sends only what is missing, so it can be stopped and repeated at any time. Of a run that is"
          + " still recording it copies what is there.",
      "The containers' samples are in collections named as the containers: see docs/mongodb.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir runs export weir-4rps --database benchmarking2",
      "  WEIR_MONGO_URI=mongodb://weir:secret@db/lab weir runs export weir-4rps"
    })
final class MongoExport implements Callable<Integer> {
  @Mixin private RunStoreOptions where = new RunStoreOptions();

  @Parameters(paramLabel = "RUN", description = "A run's name, or the path of its folder.")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private String run;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path path = where.folder().of(run);
    var stopped = new AtomicBoolean();
    var progress = new MongoProgress("exporting", spec.commandLine().getErr());
    try (MongoRuns runs = where.database();
        var _ = new Interruption(() -> stopped.set(true))) {
      MongoRuns.Exported done = runs.export(path, progress, stopped::get);
      out.println(
          "run %s: %,d records in %s, %,d of them new%s"
              .formatted(
                  done.run(),
                  done.records(),
                  runs.target(),
                  done.sent(),
                  done.finished() ? "" : "; it is not finished, so more may come"));
      if (done.damaged() > 0) {
        out.println(
            "run %s: %,d lines are not records; they are kept in _weir_damaged"
                .formatted(done.run(), done.damaged()));
      }
      if (done.missing() > 0) {
        out.println(
            "run %s: stopped; %,d records are missing; repeat the command to go on"
                .formatted(done.run(), done.missing()));
        return ExitCode.INTERRUPTED;
      }
      return ExitCode.OK;
    }
  }

  /// Shows the progress on one line, and reports damaged lines.
  static final class MongoProgress implements UploadListener {
    private final Terminal terminal = Terminal.system();
    private final PrintWriter err;
    private final long startNanos = System.nanoTime();
    private final Progress progress;
    private long shownNanos = startNanos;

    MongoProgress(String task, PrintWriter err) {
      this.err = err;
      this.progress = new Progress(terminal, task, startNanos);
    }

    @Override
    public void progress(long shipped, long known) {
      long now = System.nanoTime();
      if (shipped >= known) {
        terminal.clear();
      } else if (now - shownNanos > 200_000_000) {
        shownNanos = now;
        progress.show((double) shipped / known, "%,d records".formatted(shipped), now);
      }
    }

    @Override
    public void damaged(String file, long line, String why) {
      err.println("weir: %s: line %d is not a record: %s".formatted(file, line, why));
    }
  }
}
