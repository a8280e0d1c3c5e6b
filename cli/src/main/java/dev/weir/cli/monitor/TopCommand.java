package dev.weir.cli.monitor;

import dev.weir.base.Checks;
import dev.weir.base.Secrets;
import dev.weir.base.UserError;
import dev.weir.cli.engine.AgentAccess;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.lab.sampling.SwarmAgents;
import dev.weir.observe.agent.AgentClient;
import dev.weir.observe.agent.NodeAgent;
import dev.weir.observe.agent.NodeDirectory;
import dev.weir.observe.agent.NodeResponse;
import dev.weir.store.folder.RunJson;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.Monitor;
import dev.weir.swarm.monitor.MonitoredNodes;
import dev.weir.term.Terminal;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir top`: shows what every container of the swarm uses now.
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    header = "Show what every container of the swarm uses, live: 'docker stats' of all nodes.",
    description = {
      "Asks the agents that 'weir monitor start' put on every node. CPU is over the last interval,",
      "100 %% being one core; memory excludes what can be reclaimed. Ctrl-C ends it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir top",
      "  weir top --sort memory --interval 5s",
      "  weir top --once --json",
      "  weir top --agent 127.0.0.1:7070"
    })
public final class TopCommand implements Callable<Integer> {
  private static final Duration INTERVAL_MIN = Duration.ofMillis(500);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private AgentAccess access;

  @Option(
      names = "--agent",
      paramLabel = "URL|HOST:PORT",
      description =
          "Ask this agent instead of the swarm's. HOST:PORT is without TLS; https:// needs"
              + " --credentials. Repeatable.")
  private List<String> agents = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      defaultValue = "cpu",
      description =
          "Column to sort by: cpu, memory, name, node or service (default: ${DEFAULT-VALUE}).")
  private TopTable.Sort sort = TopTable.Sort.CPU;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "2s",
      description = "How often to ask (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ofSeconds(2);

  @Option(names = "--once", description = "Ask once and exit, with 1 if a node did not respond.")
  private boolean once;

  @Option(names = "--json", description = "Print JSON, an object each time.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Checks.check(interval.compareTo(INTERVAL_MIN) >= 0, "--interval", interval, ">= 500ms");
    if (!agents.isEmpty()) {
      List<NodeAgent> named = agents.stream().map(TopCommand::named).toList();
      boolean tls = agents.stream().anyMatch(text -> text.startsWith("https:"));
      Optional<TlsIdentity> identity = tls ? Optional.of(access.named().read()) : Optional.empty();
      return show(() -> named, new AgentClient(identity, access.timeout()));
    }
    try (Engine connected = engine.connect()) {
      TlsIdentity identity = access.credentials(new Monitor(connected).swarm()).read();
      return show(
          new SwarmAgents(new MonitoredNodes(connected), access.via()),
          new AgentClient(Optional.of(identity), access.timeout()));
    }
  }

  private int show(NodeDirectory directory, AgentClient client) throws InterruptedException {
    Terminal terminal = json ? Terminal.plain() : Terminal.system();
    List<NodeAgent> nodes = List.of();
    while (true) {
      long askedNanos = System.nanoTime();
      String trouble = "";
      try {
        nodes = directory.nodes();
      } catch (IOException e) {
        // Keep asking the agents known so far.
        trouble = String.valueOf(e.getMessage());
      }
      List<NodeResponse> responses = client.askAll(nodes);
      print(responses, trouble, terminal);
      if (once) {
        boolean all = responses.stream().allMatch(NodeResponse.Responded.class::isInstance);
        return all && !responses.isEmpty() && trouble.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
      }
      long waitNanos = interval.toNanos() - (System.nanoTime() - askedNanos);
      LockSupport.parkNanos(this, Math.max(0, waitNanos));
    }
  }

  private void print(List<NodeResponse> responses, String trouble, Terminal terminal) {
    var rows = new ArrayList<TopRow>();
    var silent = new ArrayList<NodeResponse.Silent>();
    for (NodeResponse response : responses) {
      switch (response) {
        case NodeResponse.Responded responded -> rows.addAll(TopRow.of(responded, interval));
        case NodeResponse.Silent none -> silent.add(none);
      }
    }
    List<TopRow> sorted = TopTable.sorted(rows, sort);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RunJson.pretty(document(responses, sorted, silent, trouble)));
    } else {
      if (!once) {
        terminal.clearScreen();
      }
      out.println(summary(responses, sorted, silent));
      TopTable.lines(sorted, terminal).forEach(out::println);
      silent.forEach(none ->
          out.println(terminal.red("%s: no response: %s".formatted(none.node(), none.reason()))));
      if (!trouble.isEmpty()) {
        out.println(terminal.red(trouble));
      }
    }
    out.flush();
  }

  private static String summary(
      List<NodeResponse> responses, List<TopRow> rows, List<NodeResponse.Silent> silent) {
    double cores =
        rows.stream().mapToDouble(TopRow::cpuPercent).filter(Double::isFinite).sum() / 100;
    long memoryBytes = rows.stream().mapToLong(row -> Math.max(0, row.memoryBytes())).sum();
    return String.format(
        Locale.ROOT,
        "%d of %d nodes, %d containers, %.2f cores, %s",
        responses.size() - silent.size(),
        responses.size(),
        rows.size(),
        cores,
        TopTable.size(memoryBytes));
  }

  private static Object document(
      List<NodeResponse> responses,
      List<TopRow> rows,
      List<NodeResponse.Silent> silent,
      String trouble) {
    var nodes = new ArrayList<NodeState>();
    for (NodeResponse response : responses) {
      nodes.add(
          switch (response) {
            case NodeResponse.Responded of ->
                new NodeState(of.node(), true, of.problem(), of.certainlyAhead().toNanos() / 1e6);
            case NodeResponse.Silent of -> new NodeState(of.node(), false, of.reason(), Double.NaN);
          });
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("nodes", nodes);
    document.put("silent", silent.size());
    document.put("problem", trouble);
    document.put("containers", rows);
    return document;
  }

  private static NodeAgent named(String text) {
    String full = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = URI.create(full);
      boolean formed =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      Checks.check(
          formed,
          "--agent",
          Secrets.address(text),
          "HOST:PORT or https://HOST:PORT, without a user: agents know certificates");
      return new NodeAgent("", Optional.of(uri), "");
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--agent: %s (expected: HOST:PORT or https://HOST:PORT, without a user: agents know certificates)"
              .formatted(Secrets.address(text)),
          e);
    }
  }

  /// A node in the JSON.
  ///
  /// @param node its name
  /// @param responded whether its agent responded
  /// @param problem what is wrong, or ""
  /// @param clockAheadMillis how far its clock is ahead of ours, 0 if unknown
  private record NodeState(
      String node, boolean responded, String problem, double clockAheadMillis) {}
}
