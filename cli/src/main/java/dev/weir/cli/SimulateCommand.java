package dev.weir.cli;

import dev.weir.arrivals.GapLaw;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.sim.Change;
import dev.weir.sim.Discipline;
import dev.weir.sim.Outcome;
import dev.weir.sim.Scenario;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Simulation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir simulate`: the policies compared on virtual time.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    header = "Compare balancing policies on virtual time.",
    description = {
      "Drives the balancer that the proxy runs, with simulated arrivals and replicas. Every policy",
      "meets the same arrivals and the same work. Percentiles are exact; S is the mean service time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir simulate",
      "  weir simulate --rho .9 --service-law hyperexponential --service-scv 4",
      "  weir simulate --time-dist weibull --shape 0.5 --rho 0.7",
      "  weir simulate --time-dist mmpp --lambda1 120 --lambda2 10 --sojourn1 2 --sojourn2 4",
      "  weir simulate --replicas 3x1,1x0.4 --policies weir,least-requests --seed 7",
      "  weir simulate --change 60s:1=0.5 --change 120s:1=1"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final long SEED_MAX = 1_000_000_000;
  private static final long EJECT_NANOS = 1_000_000_000L;
  private static final double RHO_DEFAULT = 0.85;
  private static final long QUIET_NANOS = 2_000_000_000L;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Section("Run")
  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      description =
          "Which to compare: weir, round-robin, random, least-requests, power-of-two, peak-ewma."
              + " Default: all.")
  private List<String> policies = new ArrayList<>();

  @Section("Run")
  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many arrive. Default: ${DEFAULT-VALUE}.")
  private int requests;

  @Section("Run")
  @Option(
      names = "--warmup",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "Share of the first requests left out of the figures. Default: ${DEFAULT-VALUE}.")
  private double warmup;

  @Section("Arrivals")
  @Option(
      names = "--rho",
      paramLabel = "SHARE",
      description =
          "Arrival rate as a share of what all replicas can do, where neither --lambda nor --mean"
              + " nor the law itself says it. Default: 0.85.")
  private @Nullable Double rho;

  @Mixin private LawOptions arrivals = new LawOptions();

  @Section("Arrivals")
  @Option(
      names = "--gap-scv",
      paramLabel = "RATIO",
      defaultValue = "NaN",
      description =
          "Squared coefficient of variation of the gaps (ca²), in place of the law's own"
              + " parameters: of gamma, lognormal, hyperexponential, and of erlang (1/2, 1/3, ...)."
              + " Default: 0.5, 0.5, 4 and 0.25.")
  private double gapScv;

  @Section("Work and replicas")
  @Option(
      names = "--service-law",
      completionCandidates = Words.ShapedLaws.class,
      paramLabel = "LAW",
      defaultValue = "exp",
      description = "Law of the work: " + ShapedLaw.NAMES + ". Default: ${DEFAULT-VALUE}.")
  private String serviceLaw = "exp";

  @Section("Work and replicas")
  @Option(
      names = "--service-mean",
      paramLabel = "TIME",
      defaultValue = "50ms",
      converter = DurationConverter.class,
      description = "Mean work on a core of speed 1 (S). Default: ${DEFAULT-VALUE}.")
  private Duration serviceMean = Duration.ofMillis(50);

  @Section("Work and replicas")
  @Option(
      names = "--service-scv",
      paramLabel = "RATIO",
      defaultValue = "NaN",
      description = "Squared coefficient of variation of the work (cs²). Default: the law's.")
  private double serviceScv;

  @Section("Work and replicas")
  @Option(
      names = "--replicas",
      paramLabel = "LIST",
      defaultValue = "4",
      description =
          "Count, or groups COUNTxSPEEDxCORES such as 3x1.0,1x0.4x2; cores inf: requests only wait."
              + " Default: ${DEFAULT-VALUE}.")
  private String replicas = "4";

  @Section("Work and replicas")
  @Option(
      names = "--told-cores",
      paramLabel = "N",
      description = "Cores that the balancer is told of. Default: what they have, 1 for inf.")
  private @Nullable Double toldCores;

  @Section("Work and replicas")
  @Option(
      names = "--discipline",
      paramLabel = "ps|fcfs",
      defaultValue = "ps",
      completionCandidates = Words.Disciplines.class,
      description =
          "How a replica divides its cores: shared by all it has, or in order of arrival."
              + " Default: ${DEFAULT-VALUE}.")
  private Discipline discipline = Discipline.PS;

  @Section("Work and replicas")
  @Option(
      names = "--change",
      paramLabel = "TIME:REPLICA=SPEED",
      description = "A replica's speed changes; 0 is a crash. May be given several times.")
  private List<String> changes = new ArrayList<>();

  @Section("Balancer")
  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      defaultValue = "0ms",
      converter = DurationConverter.class,
      description = "Network time to a replica and back. Default: ${DEFAULT-VALUE}.")
  private Duration rtt = Duration.ZERO;

  @Section("Balancer")
  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "0ms",
      converter = DurationConverter.class,
      description = "How long a client waits for a slot; 0 for ever. Default: ${DEFAULT-VALUE}.")
  private Duration patience = Duration.ZERO;

  @Section("Balancer")
  @Option(
      names = "--queue-cap",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many may wait at the balancer. Default: ${DEFAULT-VALUE}.")
  private int queueCap;

  @Section("Balancer")
  @Option(
      names = "--queue-deadline",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How long they may wait there. Default: ${DEFAULT-VALUE}.")
  private Duration queueDeadline = Duration.ofHours(24);

  @Section("Balancer")
  @Option(
      names = "--limit-max",
      paramLabel = "N",
      defaultValue = "1024",
      description = "The most slots a replica may have. Default: ${DEFAULT-VALUE}.")
  private int limitMax;

  @Section("Run")
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed that simulates the same again. Default: random, and printed.")
  private @Nullable Long seed;

  @Section("Run")
  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    long drawn = seed == null ? new SplittableRandom().nextLong(SEED_MAX) : seed;
    var problems = new Problems();
    var compared = new ArrayList<PolicySpec>();
    (policies.isEmpty() ? new Policies() : policies)
        .forEach(name ->
            Attempt.of(problems, () -> Policies.named("--policies", name))
                .filter(policy -> !compared.contains(policy))
                .ifPresent(compared::add));
    Scenario scenario = scenario(drawn, problems);
    List<Outcome> outcomes = run(scenario, compared);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(SimulationTable.json(outcomes, Repeat.of(spec, drawn), drawn));
    } else {
      print(scenario, outcomes, drawn, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private Scenario scenario(long drawn, Problems problems) {
    Optional<List<ServerSpec>> servers = Attempt.of(problems, this::servers);
    problems.check(warmup >= 0 && warmup <= 0.99, "--warmup", warmup, "0 to 0.99");
    problems.check(requests >= 1, "--requests", requests, ">= 1");
    Optional<GapLaw> work = Attempt.of(problems, this::work);
    var happenings = new ArrayList<Change>();
    changes.forEach(
        text -> Attempt.of(problems, () -> ServerList.change(text)).ifPresent(happenings::add));
    Optional<GapLaw> gaps = gaps(servers.orElse(List.of(ServerSpec.of(1, 1))), problems);
    Optional<BalancerSettings> settings =
        Attempt.of(
            problems,
            () ->
                new BalancerSettings(
                    PolicySpec.WEIR, queueCap, queueDeadline.toNanos(), EJECT_NANOS, limitMax));
    problems.throwIfAny("simulate");
    return new Scenario(
        gaps.orElseThrow(),
        work.orElseThrow(),
        servers.orElseThrow(),
        discipline,
        requests,
        (int) (requests * warmup),
        rtt.toNanos(),
        patience.toNanos(),
        happenings,
        settings.orElseThrow(),
        drawn);
  }

  private List<ServerSpec> servers() {
    List<ServerSpec> servers = ServerList.parse(replicas);
    Checks.check(!servers.isEmpty(), "--replicas", replicas, "at least one");
    if (toldCores == null) {
      return servers;
    }
    double told = Checks.positive(toldCores, "--told-cores");
    return servers.stream().map(s -> new ServerSpec(s.speed(), s.cores(), told)).toList();
  }

  private GapLaw work() {
    Checks.check(serviceMean.isPositive(), "--service-mean", serviceMean, "> 0");
    return ShapedLaw.of("--service-law", serviceLaw, serviceMean.toNanos() / 1e9, serviceScv);
  }

  /// The law of arrivals: by mean and variance under [ShapedLaw]'s names if only these are given,
  /// and otherwise as every command that has arrivals reads it.
  private Optional<GapLaw> gaps(List<ServerSpec> servers, Problems problems) {
    String name = arrivals.typed();
    boolean shaped = ShapedLaw.knows(name) && !arrivals.hasShape();
    problems.check(
        shaped || Double.isNaN(gapScv),
        "--gap-scv",
        gapScv,
        "only for " + ShapedLaw.NAMES + " and without further parameters of the law");
    if (!arrivals.takesRate() || arrivals.hasRate()) {
      problems.check(
          rho == null, "--rho", String.valueOf(rho), "not where the rate of arrivals is given");
    }
    if (!shaped && !arrivals.takesRate()) {
      return arrivals.law(problems);
    }
    Optional<Double> rate = Attempt.of(problems, () -> ratePerSecond(servers));
    return shaped
        ? rate.flatMap(
            r -> Attempt.of(problems, () -> ShapedLaw.of("--time-dist", name, 1 / r, gapScv)))
        : arrivals.lawAtRate(rate.orElse(1.0), problems);
  }

  private double ratePerSecond(List<ServerSpec> servers) {
    if (arrivals.hasRate()) {
      return arrivals.ratePerSecond();
    }
    double share = Checks.positive(rho == null ? RHO_DEFAULT : rho, "--rho");
    double cores = servers.stream().mapToDouble(s -> s.speed() * s.cores()).sum();
    Checks.check(Double.isFinite(cores), "--replicas", replicas, "--lambda beside endless cores");
    return share * cores / (serviceMean.toNanos() / 1e9);
  }

  private List<Outcome> run(Scenario scenario, List<PolicySpec> compared)
      throws InterruptedException {
    var settled = new AtomicIntegerArray(compared.size());
    int threads = Math.min(compared.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      try {
        List<Future<Outcome>> running =
            IntStream.range(0, compared.size())
                .mapToObj(i ->
                    executor.submit(() ->
                        Simulation.run(scenario, compared.get(i), count -> settled.set(i, count))))
                .toList();
        return await(running, settled, scenario.requests());
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private List<Outcome> await(List<Future<Outcome>> running, AtomicIntegerArray settled, int each)
      throws InterruptedException {
    Terminal terminal = Terminal.system();
    long startNanos = System.nanoTime();
    var progress = new Progress(terminal, "simulate", startNanos);
    var outcomes = new ArrayList<Outcome>();
    while (outcomes.size() < running.size()) {
      try {
        outcomes.add(running.get(outcomes.size()).get(200, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        long nowNanos = System.nanoTime();
        if (nowNanos - startNanos > QUIET_NANOS) {
          double done = IntStream.range(0, settled.length()).mapToDouble(settled::get).sum();
          progress.show(done / ((double) each * settled.length()), "", nowNanos);
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a simulation failed", e.getCause());
      }
    }
    terminal.clear();
    return outcomes;
  }

  private void print(Scenario scenario, List<Outcome> outcomes, long drawn, PrintWriter out) {
    double meanSeconds = serviceMean.toNanos() / 1e9;
    out.printf(
        "%d requests, gaps %s, work %s, replicas %s (%s), seed %d%n%n",
        scenario.requests(),
        scenario.gaps().describe(),
        scenario.work().describe(),
        replicas,
        discipline.name().toLowerCase(Locale.ROOT),
        drawn);
    SimulationTable.lines(outcomes, meanSeconds).forEach(out::println);
    out.printf("%nrepeat: %s%n", Repeat.of(spec, drawn));
  }
}
