package dev.weir.cli.load;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.cli.option.ArrivalOptions;
import dev.weir.cli.option.FailIfOption;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.Interruption;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.lab.record.LoadLive;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.record.Recording;
import dev.weir.load.calibrate.WarmUp;
import dev.weir.load.record.LoadResult;
import dev.weir.load.record.RequestListener;
import dev.weir.load.send.LoadRun;
import dev.weir.run.RunInfo;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir load`: sends one schedule to one URL and reports the result.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Send requests when a law of arrivals says so, regardless of the responses.",
    description = {
      "Open loop: the whole schedule is drawn before the first request, and each is sent when it",
      "is due. Latency counts from then. Exits with 3 if the load was not as scheduled, and with",
      "4 if a --fail-if condition holds."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir load --url http://localhost:8080/primecheck --time-dist poisson --lambda 4 --iter 30",
      "  weir load --url http://localhost:8080/primecheck --time-dist normal --mu 2 --sigma 2",
      "  weir load --url https://shop.example/ --lambda 200 --duration 1m --fail-if 'p99>300ms'"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(3);

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private ArrivalOptions arrivals = new ArrivalOptions();
  @Mixin private LoadOutputs outputs = new LoadOutputs();

  @Mixin private FailIfOption outcome = new FailIfOption();

  @HelpSection("Outcome")
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Record the run in a new folder, for 'weir report' and 'weir runs'.")
  private @Nullable Path out;

  @Override
  public Integer call() throws InterruptedException {
    var problems = new Problems();
    outcome.check(problems);
    http.check(problems);
    Optional<GapLaw> law = arrivals.law(problems);
    problems.throwIfAny("load");
    Schedule schedule = arrivals.draw(law.orElseThrow());
    Terminal terminal = terminal();
    var listener = new AtomicReference<RequestListener>(_ -> {});
    LoadRun run =
        LoadRun.prepare(http.settings(schedule), request -> listener.get().responded(request));
    outputs.open();
    // Until the run's folder is closed, not only until the report is printed.
    try (var _ = new Interruption(() -> run.stop(drain()))) {
      return out == null
          ? finish(
              send(run, schedule, terminal, _ -> {}, _ -> {}), Optional.empty(), schedule, terminal)
          : record(out, run, listener, schedule, terminal);
    }
  }

  /// The folder is made last: a run that cannot be sent leaves none behind.
  private int record(
      Path folder,
      LoadRun run,
      AtomicReference<RequestListener> listener,
      Schedule schedule,
      Terminal terminal)
      throws InterruptedException {
    try (var recording = Recording.start(folder, info(folder, schedule), terminal::report)) {
      listener.set(recording);
      LoadResult result =
          send(run, schedule, terminal, recording::loadStarts, recording::loadEnded);
      // Before the report, which lists what is missing above the figures.
      recording.end();
      return finish(result, recording.missing(), schedule, terminal);
    }
  }

  private LoadResult send(
      LoadRun run,
      Schedule schedule,
      Terminal terminal,
      Consumer<Instant> onStart,
      Consumer<LoadResult> onEnd)
      throws InterruptedException {
    terminal.report("weir: " + ArrivalOptions.describe(schedule));
    WarmUp.run();
    onStart.accept(run.start());
    LoadResult result = LoadLive.until(run, terminal, "");
    onEnd.accept(result);
    return result;
  }

  /// @param missing what the run's folder lacks
  private int finish(
      LoadResult result, Optional<String> missing, Schedule schedule, Terminal terminal) {
    missing.ifPresent(terminal::print);
    boolean written = report(result, schedule, terminal);
    return outcome.judge(result, terminal, missing.isPresent(), written);
  }

  private Duration drain() {
    return http.timeout().compareTo(DRAIN_MAX) < 0 ? http.timeout() : DRAIN_MAX;
  }

  private RunInfo info(Path folder, Schedule schedule) {
    var facts = MachineInfo.local().facts();
    facts.put("target", http.describe());
    facts.put("load", schedule.describe());
    return new RunInfo(
        String.valueOf(folder.getFileName()),
        String.valueOf(folder.getFileName()),
        Instant.now(),
        RepeatCommandLine.of(spec, schedule.seed()),
        schedule.seed(),
        Collections.unmodifiableMap(facts));
  }

  private boolean report(LoadResult result, Schedule schedule, Terminal terminal) {
    String repeat = RepeatCommandLine.of(spec, schedule.seed());
    String what = "%s, %s".formatted(http.describe(), schedule.describe());
    new LoadSummary(terminal).print(result, what, repeat);
    String json = LoadJson.write(result, repeat, http.shownUrl(), schedule.seed());
    List<String> failures = outputs.write(result, json);
    failures.forEach(line -> terminal.report("weir: " + line));
    return failures.isEmpty();
  }

  private Terminal terminal() {
    return outputs.takesStandardOutput() ? Terminal.besideDocument() : Terminal.system();
  }
}
