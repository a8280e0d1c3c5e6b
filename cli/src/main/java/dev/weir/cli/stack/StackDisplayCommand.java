package dev.weir.cli.stack;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.stack.StackListing;
import dev.weir.term.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `weir stack display`: the whole swarm at a glance.
@Command(
    name = "display",
    mixinStandardHelpOptions = true,
    header = "Show the swarm's nodes with the tasks that run on each, and all services.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir stack display", "  weir stack display --host tcp://10.0.0.4:2376"})
final class StackDisplayCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    try (Engine connected = engine.connect()) {
      StackTables.tree(new StackListing(connected)).forEach(terminal::print);
      return ExitCode.OK;
    }
  }
}
