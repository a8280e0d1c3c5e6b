package dev.weir.cli.console;

import dev.weir.base.Problems;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.console.source.BalancerPages;
import dev.weir.console.web.ConsoleSettings;
import dev.weir.swarm.engine.EngineAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The console within a balancer. If it fails, it says so and the balancer serves without it.
@HelpSection("Console")
public final class BalancerConsole {
  private static final String NAME = "this balancer";

  @Option(
      names = "--console",
      paramLabel = "[ADDRESS]:PORT",
      description =
          "Also serve the page of 'weir console' here. Without an address: on 127.0.0.1 only,"
              + " without a login.")
  private @Nullable String console;

  @Option(
      names = "--console-token-file",
      paramLabel = "FILE",
      description =
          "File with the token to log in to --console with, made if it does not exist. Default: none"
              + " on loopback; elsewhere ~/.weir/console.token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--console-host",
      paramLabel = "NAME",
      description =
          "A further host name that --console accepts in Host; addresses, localhost and names of"
              + " swarm services always work. Repeatable.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--console-write",
      description =
          "Let viewers of --console set numbers of replicas, replace tasks, and pause autoscaling.")
  private boolean write;

  /// Adds the problems of these options.
  public void check(Problems problems) {
    boolean isAsked = console != null;
    problems.check(isAsked || !write, "--console-write", "on", "beside it --console");
    problems.check(
        isAsked || tokenFile == null,
        "--console-token-file",
        String.valueOf(tokenFile),
        "beside it --console");
    problems.check(
        isAsked || hosts.isEmpty(),
        "--console-host",
        String.join(", ", hosts),
        "beside it --console");
    if (isAsked) {
      OptionParsing.of(problems, this::settings);
    }
  }

  private ConsoleSettings settings() {
    return new ServeOptions(
            "--console", String.valueOf(console), tokenFile, write, ServeOptions.Tls.NONE, hosts)
        .settings();
  }

  /// Starts it, if it is asked for.
  ///
  /// @param pages the balancer's own pages
  /// @param managers the managers of the swarm that it follows; none without one
  /// @param say takes lines for the user
  public void start(BalancerPages pages, List<EngineAddress> managers, Consumer<String> say) {
    if (console == null) {
      return;
    }
    try {
      ConsoleSettings settings = settings();
      RunningConsole started =
          RunningConsole.start(settings, managers, Map.of(NAME, pages), new UsageOptions());
      started.lines(settings).forEach(say);
    } catch (RuntimeException | LinkageError e) {
      say.accept("weir: console: %s (the balancer serves without it)".formatted(e.getMessage()));
    }
  }
}
