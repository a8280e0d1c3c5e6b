package dev.weir.cli.cluster;

import dev.weir.cli.option.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `weir cluster`: makes a swarm of machines, and takes care of it.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    header = "Make a swarm of machines, and take care of it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster context demo"},
    subcommands = {
      CommandLine.HelpCommand.class,
      ClusterContextCommand.class,
    })
public final class ClusterCommand extends CommandGroup {}
