package dev.weir.cli.stack;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.stack.StackRemoval;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir stack rm`.
@Command(
    name = "rm",
    aliases = {"remove", "down"},
    mixinStandardHelpOptions = true,
    header = "Remove stacks, and wait until their last container is gone.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir stack rm weir", "  weir stack rm weir shop --detach"})
final class StackRemoveCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The stacks.")
  private List<String> stacks = List.of();

  @Option(
      names = {"-d", "--detach"},
      description = "Do not wait for the tasks to end.")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long to wait for the tasks to end. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2m",
      converter = DurationConverter.class)
  private Duration timeout = Duration.ofMinutes(2);

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    try (Engine connected = engine.connect()) {
      var removal = new StackRemoval(connected, terminal::report);
      for (String stack : stacks) {
        if (!removal.remove(stack, detach ? Duration.ZERO : timeout)) {
          terminal.report("nothing is deployed as " + stack);
        } else {
          terminal.print(stack + (detach ? " is going" : " is gone"));
        }
      }
    }
    return ExitCode.OK;
  }
}
