package dev.weir.cli.console;

import dev.weir.base.Checks;
import dev.weir.base.Problems;
import dev.weir.base.Secrets;
import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.StopSignal;
import dev.weir.console.source.BalancerPages;
import dev.weir.console.source.SourceSettings;
import dev.weir.console.web.ConsoleSettings;
import dev.weir.swarm.engine.EngineAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir console`: serves the page of a swarm until a signal.
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    header = "Serve the page of a swarm: machines, services, queues and reasons, live.",
    description = {
      "Reads a manager, the balancers' admin ports, and agents or cAdvisor where there are any. It",
      "finds the balancers of the swarm by the label weir.admin of their service, and starts without",
      "any of these: the page says what is missing. It changes nothing without --console-write."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir console",
      "  weir console --balancer http://127.0.0.1:8001",
      "  weir console --listen 0.0.0.0:8088 --token-file console.token --tls-cert c.pem --tls-key k.pem",
      "  weir console --host tcp://10.0.0.4:2376 --manager tcp://10.0.0.5:2376 --console-write"
    })
public final class ConsoleCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Mixin private UsageOptions usage = new UsageOptions();

  @HelpSection("Page")
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS]:PORT",
      defaultValue = ":8088",
      description =
          "Address and port of the page. Without an address: on 127.0.0.1 only, without a login"
              + " (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @HelpSection("Page")
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token to log in with, made if it does not exist. Default: none on loopback;"
              + " elsewhere ~/.weir/console.token.")
  private @Nullable Path tokenFile;

  @HelpSection("Page")
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM certificate of the page, for https.")
  private @Nullable Path tlsCert;

  @HelpSection("Page")
  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, PKCS #8 in PEM.")
  private @Nullable Path tlsKey;

  @HelpSection("Page")
  @Option(
      names = "--console-host",
      paramLabel = "NAME",
      description =
          "A further host name that the page accepts in Host; addresses, localhost and names of"
              + " swarm services always work. Repeatable.")
  private List<String> hosts = new ArrayList<>();

  @HelpSection("Page")
  @Option(
      names = "--console-write",
      description = "Let viewers set numbers of replicas, replace tasks, and pause autoscaling.")
  private boolean write;

  @HelpSection("Sources")
  @Option(
      names = "--balancer",
      paramLabel = "URL",
      description =
          "The admin port of a balancer, as in http://127.0.0.1:8001, beside those that the swarm"
              + " shows. Repeatable.")
  private List<String> balancers = new ArrayList<>();

  @HelpSection("Sources")
  @Option(
      names = "--manager",
      paramLabel = "URL",
      description =
          "Another manager, asked when the first does not respond; in the form of --host."
              + " Repeatable.")
  private List<String> managers = new ArrayList<>();

  @Option(names = "--until-stdin-closes", hidden = true, description = "End with the parent.")
  private boolean untilStdinCloses;

  @Override
  public Integer call() throws InterruptedException, IOException {
    var problems = new Problems();
    Optional<ConsoleSettings> settings = OptionParsing.of(problems, () -> serve().settings());
    Map<String, BalancerPages> pages = new LinkedHashMap<>();
    balancers.forEach(text ->
        problems.collect(() -> {
          URI address = address(text);
          pages.put(address.getAuthority(), SourceSettings.at(address));
        }));
    Optional<List<EngineAddress>> addresses =
        OptionParsing.of(problems, () -> engine.addresses(managers));
    problems.throwIfAny("console");
    ConsoleSettings checked = settings.orElseThrow();
    try (RunningConsole console =
        RunningConsole.start(checked, addresses.orElseThrow(), pages, usage)) {
      PrintWriter out = spec.commandLine().getOut();
      console.lines(checked).forEach(out::println);
      out.flush();
      StopSignal.await(untilStdinCloses, () -> {});
    }
    return ExitCode.OK;
  }

  private ServeOptions serve() {
    return new ServeOptions(
        "--listen", listen, tokenFile, write, new ServeOptions.Tls(tlsCert, tlsKey), hosts);
  }

  private static URI address(String text) {
    String expected = "the admin port of a balancer, as in http://127.0.0.1:8001";
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      boolean isFormed =
          "http".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null;
      Checks.check(isFormed, "--balancer", Secrets.address(text), expected);
      return uri.resolve("/");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--balancer: %s (expected: %s)".formatted(Secrets.address(text), expected), e);
    }
  }
}
