package dev.weir.cli;

import dev.weir.cli.engine.ClusterNames;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `weir completion`: the script that lets bash and zsh complete Weir's commands and options.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Print the tab completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(weir completion)", "  weir completion > /etc/bash_completion.d/weir"})
final class CompletionCommand implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    spec.commandLine().getOut().print(ClusterNames.listed(AutoComplete.bash("weir", root)));
    spec.commandLine().getOut().flush();
  }
}
