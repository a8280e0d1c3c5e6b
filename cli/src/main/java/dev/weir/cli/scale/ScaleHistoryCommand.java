package dev.weir.cli.scale;

import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.observe.balancer.ScaleReading;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.scale.Board.News;
import dev.weir.swarm.scale.ScaleOverview;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir scale history`.
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    header = "Show the latest decisions about a service: when, what and why.",
    description = {
      "A manager knows the last eight that changed something. A balancer's admin port knows 300,",
      "with all inputs; weir balance --scale-log keeps all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir scale history web",
      "  weir scale history web --status http://127.0.0.1:8001 --json"
    })
final class ScaleHistoryCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Parameters(paramLabel = "SERVICE", description = "The service.")
  private String service = "";

  @Option(
      names = "--status",
      paramLabel = "URL",
      description = "Ask the balancer whose admin port this is, as in http://127.0.0.1:8001.")
  private @Nullable URI status;

  @Option(
      names = "--json",
      description = "Print each decision as a line of JSON, with all its inputs; needs --status.")
  private boolean json;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    if (status != null) {
      ofBalancer(status);
    } else if (json) {
      throw new UserError(
          "--json: needs --status (expected: the admin port of a balancer, as in --status"
              + " http://127.0.0.1:8001)");
    } else {
      try (Engine connected = engine.connect()) {
        print(ScaleCommand.chosen(ScaleOverview.of(connected), service).news());
      }
    }
    return ExitCode.OK;
  }

  private void ofBalancer(URI address) {
    ScaleReading reading;
    try {
      reading = ScaleReading.read(address, service);
    } catch (IOException e) {
      throw new UserError(
          "--status: %s: %s (expected: the admin port of weir balance --swarm, as in http://127.0.0.1:8001)"
              .formatted(address, e.getMessage()),
          e);
    }
    if (json) {
      reading.decisions().forEach(one -> terminal.print(one.json()));
    } else {
      print(
          reading.decisions().stream()
              .map(one ->
                  new News(
                      one.epochMillis(), one.before(), one.replicas(), one.done(), one.words()))
              .toList());
    }
  }

  private void print(List<News> news) {
    if (news.isEmpty()) {
      terminal.report("no decision about %s yet".formatted(service));
    } else {
      ScaleTables.history(news).forEach(terminal::print);
    }
  }
}
