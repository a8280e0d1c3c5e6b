package dev.weir.cli;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a comparison on a swarm: its service, how it is asked, and who samples.
@HelpSection("On a swarm")
final class CompareService {
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "The swarm's service to load and to change meanwhile; it is put back as it was found."
              + " Without it, replicas run on this machine.")
  private @Nullable String service;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "What to ask it for. Default: its label weir.path, or else /.")
  private @Nullable String path;

  @Option(
      names = "--status-url",
      paramLabel = "URL",
      description =
          "The balancer's /status, such as http://10.0.0.4:8001/status, to see when it has taken a"
              + " policy. Default: five seconds are allowed for it.")
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

  Optional<String> path() {
    return Optional.ofNullable(path);
  }

  Optional<URI> statusUrl() {
    return Optional.ofNullable(statusUrl);
  }

  HttpOptions http() {
    return http;
  }

  SamplingOptions sampling() {
    return sampling;
  }

  Engine connect() {
    return engine.connect();
  }

  /// Cores of each replica, if the user said it.
  Optional<Double> replicaCores() {
    return Optional.ofNullable(replicaCores);
  }

  /// Who samples while a request's cost is measured: whoever can, without a word if nobody can.
  SampledNodes calibrationNodes(Engine manager) {
    try {
      return new SourceChoice(sampling, Optional.of(manager)).choose();
    } catch (UserError _) {
      return new SampledNodes();
    }
  }

  /// Who samples: nobody, unless asked.
  SampledNodes nodes(Engine manager) {
    return sample ? new SourceChoice(sampling, Optional.of(manager)).choose() : new SampledNodes();
  }

  /// Notes what means nothing on this machine.
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

  /// Notes what cannot be asked.
  void checkSwarm(Problems problems) {
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
