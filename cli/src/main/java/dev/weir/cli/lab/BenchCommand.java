package dev.weir.cli.lab;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.cli.engine.OptionalEngine;
import dev.weir.cli.load.HttpOptions;
import dev.weir.cli.load.LoadSummary;
import dev.weir.cli.option.ArrivalOptions;
import dev.weir.cli.option.FailIfOption;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.Interruption;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.lab.record.LabRun;
import dev.weir.lab.record.LoadLive;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SourceChoice;
import dev.weir.load.calibrate.WarmUp;
import dev.weir.load.record.LoadResult;
import dev.weir.load.record.RequestListener;
import dev.weir.load.send.LoadRun;
import dev.weir.run.RunInfo;
import dev.weir.store.mongo.MongoTarget;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.stack.StackListing;
import dev.weir.swarm.watch.ServiceEntrance;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir bench`: loads a service and records every container of the swarm.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Load a service and record what every container of the swarm uses meanwhile.",
    description = {
      "Sends as 'weir load' does. Samples the containers of all nodes and records the swarm's",
      "events, from before the first request until after the last response. Prints latency,",
      "certificate and what each container used, and writes a page with all of it. Exit codes are",
      "those of 'weir load'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir bench --service web --time-dist poisson --lambda 4 --iter 30 --database benchmarking2",
      "  weir bench --url http://10.0.0.4/primecheck --lambda 40 --duration 1m --graphics graphics",
      "  weir bench --url http://localhost:80/primecheck --lamb 4 --iter 30 --database benchmarking2 \\",
      "      --api_url http://localhost:70/api/v1.3/subcontainers/docker/ --write-to-file True",
      "  weir bench --simulate-load False --duration 1m --database bm --mongo-client 10.0.0.4"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @HelpSection("Request")
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "The swarm's service to load. Without --url, requests go to its published port, or to"
              + " the Weir balancer in front of it.")
  private @Nullable String service;

  @HelpSection("Request")
  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Path of the requests to --service. Default: its label weir.path, or else /.")
  private @Nullable String path;

  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private ArrivalOptions arrivals = new ArrivalOptions();
  @Mixin private FailIfOption outcome = new FailIfOption();

  @HelpSection("Schedule")
  @Option(
      names = "--simulate-load",
      paramLabel = "True|False",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "False: only record, for --duration or until Ctrl-C, as 'weir record' does.")
  private boolean simulateLoad = true;

  @Mixin private LabOptions lab = new LabOptions();

  private final Terminal terminal = Terminal.system();
  private volatile @Nullable LabRun current;
  private volatile @Nullable LoadRun sending;
  private volatile boolean stopped;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (!simulateLoad) {
      return RecordCommand.record(spec, lab, arrivals.duration(), terminal);
    }
    var problems = new Problems();
    outcome.check(problems);
    problems.check(
        service != null || http.isAimed(), "--service, --url", "none", "what to load: one of them");
    problems.check(
        path == null || path.startsWith("/"),
        "--path",
        String.valueOf(path),
        "a path that begins with /");
    problems.check(
        path == null || !http.isAimed(),
        "--path",
        String.valueOf(path),
        "not beside --url, which has one");
    Optional<GapLaw> law = arrivals.law(problems);
    problems.throwIfAny("bench");
    Schedule schedule = arrivals.draw(law.orElseThrow());
    String database = lab.database(service == null ? "bench" : service);
    Optional<MongoTarget> mongo = lab.mongo(database);
    Path folder = lab.folder(database, mongo.isPresent());
    try (var connection = new OptionalEngine(lab.connect(service != null))) {
      aim(connection.engine());
      http.check(problems);
      problems.throwIfAny("bench");
      return measure(connection, schedule, database, folder, mongo);
    }
  }

  private void aim(Optional<Engine> engine) {
    if (service == null || http.isAimed()) {
      return;
    }
    ServiceEntrance entrance = ServiceEntrance.find(engine.orElseThrow(), service);
    http.aim(entrance.url() + (path == null ? entrance.path() : path), entrance.host());
    terminal.report(
        "weir: %s is reached%s by %s"
            .formatted(
                service,
                entrance.through().isEmpty() ? "" : " through " + entrance.through(),
                http.describe()));
  }

  private int measure(
      OptionalEngine connection,
      Schedule schedule,
      String database,
      Path folder,
      Optional<MongoTarget> mongo)
      throws InterruptedException, IOException {
    SampledNodes nodes = new SourceChoice(lab.sampling(), connection.engine()).choose();
    terminal.report("weir: " + ArrivalOptions.describe(schedule));
    terminal.report("weir: sampling " + nodes.describe());
    RunInfo info =
        LabOptions.info(
            folder,
            database,
            RepeatCommandLine.of(spec, schedule.seed()),
            schedule.seed(),
            nodes,
            facts(connection, schedule));
    // Checked first, so that a load that cannot be sent leaves no folder behind.
    var listener = new AtomicReference<RequestListener>(_ -> {});
    LoadRun load =
        LoadRun.prepare(http.settings(schedule), request -> listener.get().responded(request));
    // Until all is written, not only until the load has ended.
    try (var _ = new Interruption(this::stop)) {
      LabRun run =
          LabRun.start(
              folder, info, nodes, lab.sampling().cadence(), connection.manager(), mongo, terminal);
      current = run;
      listener.set(run.recording());
      boolean shipped = false;
      boolean written;
      LoadResult result;
      try {
        try (run) {
          result = send(load, run);
        }
        run.missing().ifPresent(terminal::print);
        String what = "%s, %s".formatted(http.describe(), schedule.describe());
        new LoadSummary(terminal).print(result, what, info.command());
        terminal.print("");
        written = lab.outputs().write(folder, database, terminal) && run.isWhole();
      } finally {
        shipped = run.ship(stopped);
      }
      return outcome.judge(result, terminal, run.missing().isPresent(), shipped && written);
    }
  }

  private LoadResult send(LoadRun load, LabRun run) throws InterruptedException {
    if (!stopped) {
      run.settle("sampling before the load");
    }
    WarmUp.run();
    run.recording().loadStarts(load.start());
    sending = load;
    if (stopped) {
      load.stop(Duration.ZERO);
    }
    LoadResult result = LoadLive.until(load, terminal, "");
    run.recording().loadEnded(result);
    if (!stopped) {
      run.settle("sampling after the load");
    }
    return result;
  }

  private void stop() {
    stopped = true;
    LabRun run = current;
    if (run != null) {
      run.hurry();
    }
    LoadRun load = sending;
    if (load != null) {
      load.stop(DRAIN);
    }
  }

  private Map<String, String> facts(OptionalEngine connection, Schedule schedule) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("target", http.describe());
    facts.put("load", schedule.describe());
    if (service != null) {
      facts.put("service", service);
      connection
          .manager()
          .flatMap(engine ->
              new StackListing(engine)
                  .services().stream().filter(one -> one.name().equals(service)).findFirst())
          .ifPresent(one -> {
            facts.put("image", one.image());
            facts.put("replicas", String.valueOf(one.running()));
          });
    }
    return facts;
  }
}
