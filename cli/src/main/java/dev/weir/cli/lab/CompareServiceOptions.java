package dev.weir.cli.lab;

import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineHost;
import dev.weir.cli.engine.SamplingOptions;
import dev.weir.cli.load.HttpOptions;
import dev.weir.cli.option.HelpSection;
import dev.weir.lab.autoscale.AutoscalePlan;
import dev.weir.lab.autoscale.AutoscaleSetup;
import dev.weir.lab.autoscale.AutoscaleSetup.AutoscalePeak;
import dev.weir.lab.compare.ComparedService;
import dev.weir.lab.compare.ComparisonVariant.Rule;
import dev.weir.lab.compare.ServiceAccess;
import dev.weir.lab.compare.SwarmComparisonSetup;
import dev.weir.lab.local.LocalWork;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SamplingSettings;
import dev.weir.lab.sampling.SourceChoice;
import dev.weir.load.send.LoadSettings;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.watch.ServiceEntrance;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Terminal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a comparison on a swarm: the service, the requests, and the samples.
@HelpSection("On a swarm")
final class CompareServiceOptions implements ServiceAccess {
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "The swarm's service to load and to change; it is restored at the end. Without it,"
              + " replicas run on this machine.")
  private @Nullable String service;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Path of the requests. Default: its label weir.path, or else /.")
  private @Nullable String path;

  @Option(
      names = "--status-url",
      paramLabel = "URL",
      description =
          "The balancer's /status, such as http://10.0.0.4:8001/status, to see when a policy is in"
              + " force. Default: wait five seconds.")
  private @Nullable URI statusUrl;

  @Option(
      names = "--replica-cores",
      paramLabel = "NUMBER",
      description =
          "Cores that each replica has, for --rho and the prediction. Default: its CPU limit, or 1.")
  private @Nullable Double replicaCores;

  @Option(
      names = "--sample",
      description = "Record the containers of every run too, as 'weir bench' does.")
  private boolean sample;

  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private EngineHost engine = new EngineHost();

  Optional<String> service() {
    return Optional.ofNullable(service);
  }

  @Override
  public Optional<URI> statusUrl() {
    return Optional.ofNullable(statusUrl);
  }

  @Override
  public String target() {
    return http.describe();
  }

  @Override
  public LoadSettings settings(Schedule schedule) {
    return http.settings(schedule);
  }

  @Override
  public Duration cadence() {
    return sampling.cadence();
  }

  @Override
  public Optional<Double> replicaCores() {
    return Optional.ofNullable(replicaCores);
  }

  @Override
  public boolean maySample() {
    return sampling.source() != SamplingSettings.Source.NONE;
  }

  @Override
  public SampledNodes calibrationNodes(Engine manager) {
    try {
      return new SourceChoice(sampling, Optional.of(manager)).choose();
    } catch (UserError _) {
      return new SampledNodes();
    }
  }

  @Override
  public SampledNodes nodes(Engine manager) {
    return sample ? new SourceChoice(sampling, Optional.of(manager)).choose() : new SampledNodes();
  }

  /// Looks the service up, aims the requests at it, and prepares its comparison.
  ///
  /// @throws IllegalArgumentException with all problems found so far
  SwarmComparisonSetup setup(
      CompareLoadOptions load,
      CompareVariantOptions compared,
      Problems problems,
      Terminal terminal) {
    checkSwarm(problems);
    // Always checked: its law matters even if its mean is measured.
    Optional<LocalWork> work = load.work(problems).filter(_ -> load.isWorkGiven());
    problems.throwIfAny("compare");
    Engine manager = engine.connect();
    try {
      ComparedService subject = find(manager, compared, work, problems);
      return SwarmComparisonSetup.of(
          manager, subject, this, load, compared.isPredicted(), problems, terminal);
    } catch (UserError | EngineException | IllegalArgumentException e) {
      manager.close();
      throw e;
    }
  }

  /// The same for rules of autoscaling.
  AutoscaleSetup setup(
      AutoscalePlan plan,
      List<Rule> rules,
      AutoscalePeak peak,
      CompareLoadOptions load,
      CompareVariantOptions compared,
      Problems problems,
      Terminal terminal) {
    checkSwarm(problems);
    Optional<LocalWork> work = load.work(problems).filter(_ -> load.isWorkGiven());
    problems.throwIfAny("compare");
    Engine manager = engine.connect();
    try {
      ComparedService subject = find(manager, compared, work, problems);
      problems.throwIfAny("compare");
      checkScalable(subject, rules);
      return new AutoscaleSetup(manager, subject, this, plan, rules, peak, terminal);
    } catch (UserError | EngineException | IllegalArgumentException e) {
      manager.close();
      throw e;
    }
  }

  private static void checkScalable(ComparedService subject, List<Rule> rules) {
    if (subject.found().replicas() == 0) {
      throw new UserError(
          "--service: %s has no number of replicas, or 0 (expected: a replicated service that runs)"
              .formatted(subject.service()));
    }
    if (rules.contains(new Rule.Weir()) && !subject.found().isLabelled()) {
      throw new UserError(
          ("--autoscale: weir, but %s is not behind a balancer of Weir's (expected: a service with the"
                  + " label weir.port, and 'weir balance --swarm')")
              .formatted(subject.service()));
    }
  }

  private ComparedService find(
      Engine manager, CompareVariantOptions compared, Optional<LocalWork> work, Problems problems) {
    String name = service().orElseThrow();
    // The entrance is looked up only without --url: some services publish none.
    Optional<ServiceEntrance> entrance =
        http.isAimed() ? Optional.empty() : Optional.of(ServiceEntrance.find(manager, name));
    ServiceVariation.AsFound found = ServiceVariation.of(manager, name).found();
    boolean isBalanced = entrance.map(way -> !way.through().isEmpty()).orElseGet(found::isLabelled);
    if (!isBalanced && compared.arePolicies()) {
      throw new UserError(
          ("--policies: %s is not behind a balancer of Weir's, so its policy cannot be set"
                  + " (expected: a service with the label weir.port, and 'weir balance --swarm')")
              .formatted(name));
    }
    entrance.ifPresent(way -> http.aim(way.url() + (path == null ? way.path() : path), way.host()));
    http.check(problems);
    String target = problems.all().isEmpty() ? http.describe() : "";
    return new ComparedService(
        name,
        found,
        ComparedService.own(found, isBalanced),
        compared.areImages(),
        work,
        replicaCores(),
        target);
  }

  /// Notes options that have no meaning on this machine.
  void checkLocal(Problems problems) {
    problems.check(!http.isAimed(), "--url", "given", "only beside --service");
    problems.check(path == null, "--path", String.valueOf(path), "only beside --service");
    problems.check(!sample, "--sample", "given", "only beside --service; local runs are sampled");
    problems.check(
        statusUrl == null, "--status-url", String.valueOf(statusUrl), "only beside --service");
    problems.check(
        replicaCores == null,
        "--replica-cores",
        String.valueOf(replicaCores),
        "only beside --service; here it is --cpus");
  }

  /// Notes values out of range.
  private void checkSwarm(Problems problems) {
    if (http.isAimed()) {
      http.check(problems);
    }
    problems.check(
        replicaCores == null || (replicaCores > 0 && replicaCores <= 1024),
        "--replica-cores",
        String.valueOf(replicaCores),
        "> 0 and <= 1024");
    problems.check(
        statusUrl == null
            || List.of("http", "https").contains(String.valueOf(statusUrl.getScheme())),
        "--status-url",
        String.valueOf(statusUrl),
        "an http URL");
  }
}
