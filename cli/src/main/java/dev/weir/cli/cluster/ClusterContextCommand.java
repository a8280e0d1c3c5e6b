package dev.weir.cli.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir cluster context`: a docker context for a cluster.
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    header = "Make a docker context for a cluster, so that the docker command reaches it.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster context demo", "  weir cluster context demo --remove"})
final class ClusterContextCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The cluster.")
  private String name = "";

  @Option(names = "--remove", description = "Remove the context instead.")
  private boolean remove;

  @Override
  public Integer call() {
    throw new UnsupportedOperationException("soon: %s %s".formatted(name, remove));
  }
}
