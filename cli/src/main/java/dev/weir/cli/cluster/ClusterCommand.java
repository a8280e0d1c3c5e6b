package dev.weir.cli.cluster;

import dev.weir.cli.option.CommandGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `weir cluster`: makes machines a swarm, and examines it.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    header = "Make machines a swarm, and find out what is wrong with one.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster doctor"},
    subcommands = {CommandLine.HelpCommand.class, DoctorCommand.class})
public final class ClusterCommand extends CommandGroup {}
