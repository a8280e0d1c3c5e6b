package dev.weir.cli.monitor;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.Monitor;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weir monitor stop`.
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    header = "Remove both services with their secrets, their network and the local certificate.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir monitor stop", "  weir monitor stop --context prod"})
final class MonitorStop implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Engine connected = engine.connect()) {
      var monitor = new Monitor(connected);
      MonitorCredentials credentials = MonitorCredentials.of(monitor.swarm());
      List<String> removed = monitor.stop();
      removed.forEach(one -> out.println("removed " + one));
      if (credentials.exist()) {
        credentials.delete();
        out.println("removed " + credentials.folder());
      }
      if (removed.isEmpty()) {
        out.println("the monitor was not installed");
      }
      return ExitCode.OK;
    }
  }
}
