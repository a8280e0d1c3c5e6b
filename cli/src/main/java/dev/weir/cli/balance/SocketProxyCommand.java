package dev.weir.cli.balance;

import dev.weir.base.HostNames;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.StopSignal;
import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.Listener;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.gate.EngineGate;
import dev.weir.swarm.gate.Preset;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir socket-proxy`: guards the Engine's socket until a signal.
@Command(
    name = "socket-proxy",
    mixinStandardHelpOptions = true,
    header = "Pass a few requests on to the Docker Engine, so that nothing else needs its socket.",
    description = {
      "Access to the Engine's socket means control of the machine. Only this process holds it; it",
      "passes on the GETs that a balancer, an agent or a console needs, by exact path; all else gets",
      "a 403. With --allow scale a balancer can also set numbers of replicas, within the label",
      "weir.scale; with --allow console-write a console those of any service.",
      "Responses include the environment of services, so keep others away from this port."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir socket-proxy --listen unix:///run/weir/docker.sock",
      "  weir balance --swarm --host unix:///run/weir/docker.sock",
      "  weir socket-proxy --allow balance --allow scale --listen unix:///run/weir/docker.sock",
      "  weir socket-proxy --allow balance=:2375 --allow agent=unix:///run/agent/docker.sock"
    })
public final class SocketProxyCommand implements Callable<Integer> {
  private static final String UNIX = "unix://";
  private static final int AT_ONCE_MAX = 32;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @HelpSection("Clients")
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS]:PORT|unix://PATH",
      defaultValue = "127.0.0.1:2375",
      description =
          "Where to listen. A Unix socket admits this process's user and group, a port every host"
              + " that reaches it (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @HelpSection("Clients")
  @Option(
      names = "--allow",
      paramLabel = "PRESET[=ADDRESS]",
      completionCandidates = Presets.class,
      description =
          "What to allow: balance (services, tasks, nodes, networks by name, events of services"
              + " and nodes), scale (beside balance: numbers of replicas of services with the label"
              + " weir.scale.mode=act), agent (info, containers and their statistics), console (what"
              + " balance may read, one service, info and the logs of tasks) or console-write (beside"
              + " console: numbers of replicas and replacement of tasks of any service), and where to"
              + " listen for it, if not at --listen. Repeatable (default: balance).")
  private List<String> allow = new ArrayList<>();

  @HelpSection("Clients")
  @Option(
      names = "--proxy-host",
      paramLabel = "NAME",
      description =
          "A further host name that it accepts in Host; addresses, localhost and names of swarm"
              + " services always work. Repeatable.")
  private List<String> proxyHosts = new ArrayList<>();

  @Option(names = "--until-stdin-closes", hidden = true, description = "End with the parent.")
  private boolean untilStdinCloses;

  @Override
  public Integer call() throws InterruptedException, IOException {
    var problems = new Problems();
    Optional<HostNames> hosts =
        OptionParsing.of(problems, () -> HostNames.of("--proxy-host", proxyHosts));
    var doors = new LinkedHashMap<String, EnumSet<Preset>>();
    (allow.isEmpty() ? List.of("balance") : allow)
        .forEach(text -> problems.collect(() -> addTo(doors, text)));
    doors.keySet().forEach(address -> problems.collect(() -> check(address)));
    problems.throwIfAny("socket-proxy");
    var servers = new ArrayList<AgentHttpServer>();
    try (Engine connected = engine.connect()) {
      for (Map.Entry<String, EnumSet<Preset>> door : doors.entrySet()) {
        servers.add(open(door.getKey(), door.getValue(), connected, hosts.orElseThrow()));
      }
      // A signal ends it at once, and closing removes its Unix sockets.
      StopSignal.await(untilStdinCloses, () -> servers.forEach(AgentHttpServer::close));
    } finally {
      servers.forEach(AgentHttpServer::close);
    }
    return ExitCode.OK;
  }

  private void addTo(Map<String, EnumSet<Preset>> doors, String text) {
    String[] sides = text.split("=", 2);
    Preset preset =
        Preset.of(sides[0])
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--allow: %s (expected: balance, scale, agent, console or console-write, as in --allow balance or --allow agent=unix:///run/agent.sock)"
                        .formatted(text)));
    doors
        .computeIfAbsent(sides.length < 2 ? listen : sides[1], _ -> EnumSet.noneOf(Preset.class))
        .add(preset);
  }

  private static void check(String address) {
    if (!address.startsWith(UNIX + "/")) {
      var _ = ListenAddress.parse("--listen", address);
    }
  }

  private AgentHttpServer open(
      String address, EnumSet<Preset> presets, Engine connected, HostNames hosts) {
    Listener listening = listening(address);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "weir: %s for %s on %s"
            .formatted(
                connected.address(),
                String.join(", ", presets.stream().map(Preset::label).toList()),
                listening.address()));
    out.flush();
    if (listening.address() instanceof InetSocketAddress at
        && !at.getAddress().isLoopbackAddress()) {
      say("%s has no login: keep it on a network that only its clients join".formatted(address));
    }
    return AgentHttpServer.start(
        listening,
        new AgentHttpServer.Access(Optional.empty(), hosts, AT_ONCE_MAX),
        new SocketProxy(new EngineGate(connected, presets), this::say));
  }

  private static Listener listening(String address) {
    try {
      if (address.startsWith(UNIX)) {
        return Listener.unix(Path.of(address.substring(UNIX.length())));
      }
      return Listener.tcp(ListenAddress.parse("--listen", address).socketAddress());
    } catch (IOException e) {
      throw new UserError(
          ("--listen: %s cannot be opened: %s (expected: a free port of this machine, or a path in"
                  + " an existing folder)")
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("weir: " + line);
    err.flush();
  }

  /// The names of presets, for completion.
  static final class Presets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Preset.values()).map(Preset::label).iterator();
    }
  }
}
