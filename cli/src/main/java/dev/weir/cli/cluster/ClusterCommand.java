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
    footer = {
      "  weir cluster up --ssh admin@10.0.0.4,admin@10.0.0.5,admin@10.0.0.6 --name demo",
      "  weir cluster up --provider ec2 --name demo --workers 2 --operator-cidr 203.0.113.7",
      "  weir cluster status",
      "  weir cluster doctor",
      "  weir stack deploy --cluster demo -c stacks/weir.yml weir",
      "  weir cluster doctor --cluster demo",
      "  weir cluster down"
    },
    subcommands = {
      CommandLine.HelpCommand.class,
      ClusterUpCommand.class,
      ClusterListCommand.class,
      ClusterStatusCommand.class,
      ClusterAddCommand.class,
      ClusterRemoveCommand.class,
      ClusterScaleCommand.class,
      ClusterDownCommand.class,
      ClusterSshCommand.class,
      ClusterRotateCommand.class,
      ClusterContextCommand.class,
      DoctorCommand.class,
    })
public final class ClusterCommand extends CommandGroup {}
