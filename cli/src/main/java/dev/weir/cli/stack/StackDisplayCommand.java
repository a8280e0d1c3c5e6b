package dev.weir.cli.stack;

import dev.weir.base.Checks;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.stack.StackListing;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir stack display`: the whole swarm at a glance.
@Command(
    name = "display",
    mixinStandardHelpOptions = true,
    header = "Show the swarm's nodes with the tasks that run on each, and all services.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir stack display",
      "  weir stack display --watch",
      "  weir stack display --host tcp://10.0.0.4:2376"
    })
final class StackDisplayCommand implements Callable<Integer> {
  private static final Duration INTERVAL_MIN = Duration.ofMillis(500);

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Option(
      names = "--watch",
      description =
          "Keep showing it until Ctrl-C. On a terminal it is drawn in place; elsewhere it is printed"
              + " again after each change.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How often --watch asks (default: 2s).")
  private @Nullable Duration interval;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() throws InterruptedException {
    Duration pause = interval == null ? Duration.ofSeconds(2) : interval;
    Checks.check(watch || interval == null, "--interval", pause, "beside it --watch");
    Checks.check(pause.compareTo(INTERVAL_MIN) >= 0, "--interval", pause, ">= 500ms");
    if (watch) {
      new StackWatching(engine, terminal).run(pause);
      return ExitCode.OK;
    }
    try (Engine connected = engine.connect()) {
      StackTables.tree(new StackListing(connected)).forEach(terminal::print);
      return ExitCode.OK;
    }
  }
}
