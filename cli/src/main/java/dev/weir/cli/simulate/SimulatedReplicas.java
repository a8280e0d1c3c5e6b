package dev.weir.cli.simulate;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.WordCompletion;
import dev.weir.sim.Bottleneck;
import dev.weir.sim.Discipline;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Supply;
import dev.weir.term.FigureText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a simulation's work and replicas.
@HelpSection("Work and replicas")
final class SimulatedReplicas {
  @Option(
      names = "--service-law",
      completionCandidates = WordCompletion.ShapedLaws.class,
      paramLabel = "LAW",
      defaultValue = "exp",
      description = "Law of the work: " + ShapedLaw.NAMES + ". Default: ${DEFAULT-VALUE}.")
  private String serviceLaw = "exp";

  @Option(
      names = "--service-mean",
      paramLabel = "TIME",
      defaultValue = "50ms",
      converter = DurationConverter.class,
      description = "Mean work on a core of speed 1 (S). Default: ${DEFAULT-VALUE}.")
  private Duration serviceMean = Duration.ofMillis(50);

  @Option(
      names = "--service-scv",
      paramLabel = "RATIO",
      defaultValue = "NaN",
      description = "Squared coefficient of variation of the work (cs²). Default: the law's.")
  private double serviceScv;

  @Option(
      names = "--replicas",
      paramLabel = "LIST",
      defaultValue = "4",
      description =
          "Count, or groups COUNTxSPEEDxCORES such as 3x1.0,1x0.4x2; cores inf: requests only wait."
              + " Default: ${DEFAULT-VALUE}.")
  private String replicas = "4";

  @Option(
      names = "--declared-cores",
      paramLabel = "N",
      description =
          "Cores of a replica as declared to the balancer. Default: the real number, 1 for inf.")
  private @Nullable Double declaredCores;

  @Option(
      names = "--discipline",
      paramLabel = "ps|fcfs",
      defaultValue = "ps",
      completionCandidates = WordCompletion.Disciplines.class,
      description =
          "How a replica shares its cores: among all its requests (ps), or first come, first"
              + " served (fcfs). Default: ${DEFAULT-VALUE}.")
  private Discipline discipline = Discipline.PS;

  @Option(
      names = "--bottleneck",
      paramLabel = "CORES",
      description =
          "Cores of a server behind all replicas, such as a database, that every request needs"
              + " after its replica; it has the same discipline.")
  private @Nullable Double bottleneck;

  @Option(
      names = "--bottleneck-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "Share of each request's work that is done there instead of at the replica. Default:"
              + " ${DEFAULT-VALUE}.")
  private double bottleneckShare;

  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      defaultValue = "0ms",
      converter = DurationConverter.class,
      description = "Network time to a replica and back. Default: ${DEFAULT-VALUE}.")
  private Duration rtt = Duration.ZERO;

  /// The replicas and the server behind them; empty, with the reason in `problems`, if they are
  /// wrong.
  Optional<Supply> supply(Problems problems) {
    Optional<List<ServerSpec>> servers = OptionParsing.of(problems, this::servers);
    Optional<Bottleneck> shared =
        Optional.ofNullable(bottleneck)
            .flatMap(cores ->
                OptionParsing.of(
                    problems, () -> new Bottleneck(cores, bottleneckShare, discipline)));
    return servers.flatMap(all ->
        OptionParsing.of(problems, () -> new Supply(all, discipline, rtt.toNanos(), shared)));
  }

  private List<ServerSpec> servers() {
    List<ServerSpec> servers = ServerList.parse(replicas);
    Checks.check(!servers.isEmpty(), "--replicas", replicas, "at least one");
    return servers.stream().map(this::declared).toList();
  }

  /// A replica with the cores that the balancer sees.
  ServerSpec declared(ServerSpec server) {
    return declaredCores == null
        ? server
        : new ServerSpec(
            server.speed(), server.cores(), Checks.positive(declaredCores, "--declared-cores"));
  }

  /// The law of the work.
  GapLaw work() {
    Checks.check(serviceMean.isPositive(), "--service-mean", serviceMean, "> 0");
    return ShapedLaw.of("--service-law", serviceLaw, meanSeconds(), serviceScv);
  }

  double meanSeconds() {
    return serviceMean.toNanos() / 1e9;
  }

  /// Requests per second that all replicas together can do.
  double capacityPerSecond(Supply supply) {
    double cores = supply.coreSpeeds();
    Checks.check(Double.isFinite(cores), "--replicas", replicas, "--lambda beside endless cores");
    return cores / meanSeconds();
  }

  /// The text for the table's headline.
  String describe() {
    String behind = bottleneck == null ? "" : ", bottleneck " + FigureText.number(bottleneck);
    return "replicas %s (%s)%s"
        .formatted(replicas, discipline.name().toLowerCase(Locale.ROOT), behind);
  }
}
