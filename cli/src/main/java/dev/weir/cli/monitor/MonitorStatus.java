package dev.weir.cli.monitor;

import dev.weir.cli.engine.AgentAccess;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.store.folder.RunJson;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.Monitor;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir monitor status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "Show for each node whether its agent and its cAdvisor respond; exits with 1 if not.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir monitor status", "  weir monitor status --json"})
final class MonitorStatus implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private AgentAccess access;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Engine connected = engine.connect()) {
      MonitorCredentials credentials = access.credentials(new Monitor(connected).swarm());
      List<MonitorCheck.NodeCheck> nodes = new MonitorCheck(connected, credentials, access).run();
      if (json) {
        out.println(RunJson.pretty(nodes));
      } else {
        MonitorCheck.table(nodes).forEach(out::println);
      }
      return MonitorCheck.good(nodes) ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
