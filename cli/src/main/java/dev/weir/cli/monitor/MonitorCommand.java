package dev.weir.cli.monitor;

import dev.weir.cli.option.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `weir monitor`: manages an agent and a cAdvisor on every node.
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    header = "Install or remove the sampling of containers on every node of a swarm.",
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
public final class MonitorCommand extends CommandGroup {}
