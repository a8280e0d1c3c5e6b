package dev.weir.cli.monitor;

import dev.weir.base.Checks;
import dev.weir.cli.engine.AgentAccess;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.lab.sampling.SwarmAgents;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.AgentSecrets;
import dev.weir.swarm.monitor.Monitor;
import dev.weir.swarm.monitor.MonitorPlan;
import dev.weir.tls.PrivateCa;
import dev.weir.tls.TlsIdentity;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir monitor start`.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    header = "Start the agent and cAdvisor on every node, and wait until they respond.",
    description = {
      "Updates the services if they already run. The agents accept only the certificate that the",
      "first start writes to ~/.weir/monitor; cAdvisor accepts every host."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir monitor start",
      "  weir monitor start --agent-image registry.example.com/weir:1 --without cadvisor",
      "  weir monitor start --cadvisor-port 0"
    })
final class MonitorStart implements Callable<Integer> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration VALID_MIN = Duration.ofHours(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private AgentAccess access;

  @HelpSection("Agents")
  @Option(
      names = "--agent-image",
      paramLabel = "IMAGE",
      defaultValue = "weir",
      description =
          "Image of Weir, which every node can pull (default: ${DEFAULT-VALUE}; see"
              + " images/weir/Dockerfile).")
  private String agentImage = "";

  @HelpSection("Agents")
  @Option(
      names = "--agent-port",
      paramLabel = "PORT",
      defaultValue = "7070",
      description =
          "The agents' port on every node; 0: only on the network weir-monitor (default:"
              + " ${DEFAULT-VALUE}).")
  private int agentPort;

  @HelpSection("Agents")
  @Option(names = "--renew", description = "Issue new certificates; earlier ones stop working.")
  private boolean renew;

  @HelpSection("Agents")
  @Option(
      names = "--valid",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "365d",
      description = "How long new certificates are valid (default: ${DEFAULT-VALUE}).")
  private Duration valid = Duration.ofDays(365);

  @HelpSection("cAdvisor")
  @Option(
      names = "--cadvisor-image",
      paramLabel = "IMAGE",
      defaultValue = "ghcr.io/google/cadvisor:v0.60.5",
      description =
          "Image of cAdvisor (default: ${DEFAULT-VALUE}). Engine 29 needs 0.54 or later, cgroup v2"
              + " any later than 0.33.")
  private String cadvisorImage = "";

  @HelpSection("cAdvisor")
  @Option(
      names = "--cadvisor-port",
      paramLabel = "PORT",
      defaultValue = "70",
      description =
          "cAdvisor's port on every node, open to every host; 0: only on the network"
              + " weir-monitor (default: ${DEFAULT-VALUE}).")
  private int cadvisorPort;

  @HelpSection("cAdvisor")
  @Option(
      names = "--cadvisor-arg",
      paramLabel = "ARGUMENT",
      description = "A further argument of cAdvisor, such as --storage_duration=5m. Repeatable.")
  private List<String> cadvisorArguments = new ArrayList<>();

  @HelpSection("cAdvisor")
  @Option(
      names = "--cadvisor-mount",
      paramLabel = "FOLDER",
      description =
          "A further folder that cAdvisor sees, read-only, such as /dev/disk. On a node without"
              + " it, cAdvisor fails to start. Repeatable.")
  private List<String> cadvisorMounts = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "agent|cadvisor",
      split = ",",
      description = "Leave out one of the two services.")
  private Set<Part> without = EnumSet.noneOf(Part.class);

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      defaultValue = "/var/run/docker.sock",
      description = "Where the engine listens on every node (default: ${DEFAULT-VALUE}).")
  private String socket = "";

  @Option(
      names = "--encrypt-network",
      description =
          "Encrypt the network weir-monitor when it is created; the nodes' kernels must support"
              + " it. Agents use TLS anyway, cAdvisor does not.")
  private boolean encrypted;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "90s",
      description =
          "How long to wait until every node responds; 0s: not at all (default: ${DEFAULT-VALUE}).")
  private Duration wait = Duration.ofSeconds(90);

  /// A service that `--without` leaves out.
  enum Part {
    /// Weir's agent.
    AGENT,
    /// cAdvisor.
    CADVISOR
  }

  @Override
  public Integer call() {
    Checks.check(valid.compareTo(VALID_MIN) >= 0, "--valid", valid, ">= 1h");
    MonitorPlan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    try (Engine connected = engine.connect()) {
      var monitor = new Monitor(connected);
      MonitorCredentials credentials = access.credentials(monitor.swarm());
      boolean interrupted = credentials.isRenewing();
      boolean keep = !renew && !interrupted && monitor.hasAgent() && isUsable(credentials);
      Optional<PrivateCa.Certificates> issued =
          keep || plan.agentImage().isEmpty()
              ? Optional.empty()
              : Optional.of(PrivateCa.issue("weir-agent", "weir-client", Instant.now(), valid));
      // Before the agents take them: a full disk would lock every client out. The old ones stay in
      // use until then, so after a failed start the agents are still reachable.
      issued.ifPresent(credentials::prepare);
      monitor.start(
          plan,
          issued.map(one -> new AgentSecrets(one.server(), one.serverKey(), one.authority())),
          credentials::adopt,
          image -> engine.registryAuth().headers(image));
      issued.ifPresent(
          _ -> out.println("weir: certificate for the agents in " + credentials.folder()));
      if (plan.cadvisorImage().isPresent() && plan.cadvisorPort() > 0) {
        out.println(
            "weir: cAdvisor responds to every host that reaches port %d of a node: close it by a firewall, or use --cadvisor-port 0"
                .formatted(plan.cadvisorPort()));
      }
      return await(new MonitorCheck(connected, credentials, access), plan, out);
    }
  }

  private int await(MonitorCheck check, MonitorPlan plan, PrintWriter out) {
    if (wait.isZero()) {
      return ExitCode.OK;
    }
    boolean agent = plan.agentImage().isPresent();
    long deadlineNanos = System.nanoTime() + wait.toNanos();
    List<MonitorCheck.NodeCheck> nodes = check.run();
    while (!MonitorCheck.good(nodes) && System.nanoTime() < deadlineNanos) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
      nodes = check.run();
    }
    MonitorCheck.table(nodes).forEach(out::println);
    if (agent && access.via() == SwarmAgents.Via.NODE && plan.agentPort() == 0) {
      out.println(
          "weir: the agents respond on the network weir-monitor only: 'weir top --via overlay'");
    }
    return MonitorCheck.good(nodes) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean isUsable(MonitorCredentials credentials) {
    if (!credentials.exist()) {
      return false;
    }
    TlsIdentity identity = credentials.read();
    return identity.expires().isAfter(Instant.now());
  }

  private MonitorPlan plan() {
    return new MonitorPlan(
        without.contains(Part.AGENT) ? Optional.empty() : Optional.of(agentImage),
        agentPort,
        without.contains(Part.CADVISOR) ? Optional.empty() : Optional.of(cadvisorImage),
        cadvisorPort,
        cadvisorArguments,
        cadvisorMounts,
        socket,
        encrypted);
  }
}
