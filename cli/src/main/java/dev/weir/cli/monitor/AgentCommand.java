package dev.weir.cli.monitor;

import dev.weir.base.HostNames;
import dev.weir.base.IpText;
import dev.weir.base.Problems;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.StopSignal;
import dev.weir.lab.sampling.LocalEngine;
import dev.weir.observe.SampleListener;
import dev.weir.observe.agent.AgentServer;
import dev.weir.observe.agent.AgentSettings;
import dev.weir.observe.container.CgroupFiles;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.run.ContainerSample;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.LocalContainers;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir agent`: samples this node's containers and serves the samples, until a signal.
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    header = "Sample this node's containers and serve the samples to clients with a certificate.",
    description = {
      "Reads CPU and memory of every container each second and keeps the last minutes. It serves",
      "/stats, /containers and /health; the Engine's own API stays closed.",
      "'weir monitor start' runs one on every node of a swarm; see docs/monitor.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir agent",
      "  weir agent --listen :7070 --tls-cert agent.pem --tls-key agent-key.pem --tls-ca ca.pem",
      "  curl -s http://127.0.0.1:7070/stats"
    })
public final class AgentCommand implements Callable<Integer> {
  private static final String OFF = "off";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @HelpSection("Responses")
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS]:PORT",
      defaultValue = "127.0.0.1:7070",
      description =
          "Where to listen. Other machines need TLS, or --insecure here (default:"
              + " ${DEFAULT-VALUE}).")
  private String listen = "";

  @HelpSection("Responses")
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate of the agent. With it, clients need a certificate too.")
  private @Nullable Path tlsCert;

  @HelpSection("Responses")
  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, PKCS #8 in PEM.")
  private @Nullable Path tlsKey;

  @HelpSection("Responses")
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "PEM certificate of the CA that issued the clients' certificates.")
  private @Nullable Path tlsCa;

  @HelpSection("Responses")
  @Option(
      names = "--insecure",
      description = "Let other machines in without TLS: every host that reaches the port can read.")
  private boolean insecure;

  @HelpSection("Responses")
  @Option(
      names = "--agent-host",
      paramLabel = "NAME",
      description =
          "A further host name that it accepts in Host without TLS; addresses, localhost and names"
              + " of swarm services always work. Repeatable.")
  private List<String> agentHosts = new ArrayList<>();

  @HelpSection("Samples")
  @Option(
      names = "--cgroups",
      paramLabel = "FOLDER|off",
      defaultValue = "/sys/fs/cgroup",
      description =
          "Folder of the node's control groups (in a container, where they are mounted); off asks"
              + " the Engine for all figures (default: ${DEFAULT-VALUE}).")
  private String cgroups = "";

  @HelpSection("Samples")
  @Option(
      names = "--cadence",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "Time between samples (default: ${DEFAULT-VALUE}).")
  private Duration cadence = Duration.ofSeconds(1);

  @HelpSection("Samples")
  @Option(
      names = "--keep",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description = "How long samples are kept, up to 1h (default: ${DEFAULT-VALUE}).")
  private Duration keep = Duration.ofMinutes(10);

  @HelpSection("Samples")
  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "Name of this machine (default: its name in the Engine).")
  private @Nullable String node;

  @Option(names = "--until-stdin-closes", hidden = true, description = "End with the parent.")
  private boolean untilStdinCloses;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    InetSocketAddress at = address();
    Optional<TlsIdentity> tls = identity();
    // Checks the settings before the engine is asked.
    settings("?", at, tls);
    Optional<CgroupFiles> files =
        cgroups.equals(OFF) ? Optional.empty() : Optional.of(CgroupFiles.under(Path.of(cgroups)));
    try (Engine connected = engine.connect()) {
      var containers = new LocalContainers(connected);
      String name = node == null ? containers.node() : node;
      try (AgentServer agent =
          AgentServer.start(
              settings(name, at, tls),
              files,
              new LocalEngine(containers),
              new Report(spec.commandLine().getErr()))) {
        out.println(
            "weir: agent of %s on %s://%s/"
                .formatted(
                    name,
                    tls.isPresent() ? "https" : "http",
                    IpText.withPort(
                        agent.address().getAddress().getAddress(), agent.address().getPort())));
        out.flush();
        StopSignal.await(untilStdinCloses, () -> {}); // nothing is left to finish
      }
    }
    return ExitCode.OK;
  }

  private AgentSettings settings(String name, InetSocketAddress at, Optional<TlsIdentity> tls) {
    HostNames hosts = HostNames.of("--agent-host", agentHosts);
    return new AgentSettings(name, at, tls, insecure, hosts, cadence, keep);
  }

  private InetSocketAddress address() {
    return ListenAddress.parse("--listen", listen).socketAddress();
  }

  private Optional<TlsIdentity> identity() {
    if (tlsCert == null && tlsKey == null && tlsCa == null) {
      return Optional.empty();
    }
    if (tlsCert == null || tlsKey == null || tlsCa == null) {
      var problems = new Problems();
      problems.check(
          tlsCert != null, "--tls-cert", "none", "a file, beside --tls-key and --tls-ca");
      problems.check(tlsKey != null, "--tls-key", "none", "a file, beside --tls-cert and --tls-ca");
      problems.check(tlsCa != null, "--tls-ca", "none", "a file, beside --tls-cert and --tls-key");
      problems.throwIfAny("agent");
      throw new IllegalStateException("one was missing");
    }
    return Optional.of(TlsIdentity.read(tlsCert, tlsKey, tlsCa));
  }

  /// Prints when reading begins to fail. A container that ends is not a failure.
  private record Report(PrintWriter err) implements SampleListener {
    @Override
    public void sampled(ContainerSample sample) {}

    @Override
    public void gap(String container, String reason) {
      if (!reason.startsWith("no longer seen")) {
        err.println("weir: %s: %s".formatted(container, reason));
        err.flush();
      }
    }
  }
}
