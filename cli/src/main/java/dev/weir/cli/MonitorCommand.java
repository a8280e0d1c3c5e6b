package dev.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weir monitor`: an agent and a cAdvisor on every node.
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    header = "Put the sampling of containers on every node of a swarm, or take it off.",
    description = {
      "Runs two global services: Weir's agent, which 'weir top' asks with a certificate, and",
      "cAdvisor. See docs/monitor.md."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  weir monitor start", "  weir monitor status", "  weir monitor stop"},
    subcommands = {
      CommandLine.HelpCommand.class,
      MonitorStart.class,
      MonitorStatus.class,
      MonitorStop.class,
    })
final class MonitorCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
