package dev.weir.cli;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.base.Problems;
import dev.weir.proxy.Backend;
import dev.weir.proxy.ListenAddress;
import dev.weir.proxy.ProxyServer;
import dev.weir.proxy.ProxySettings;
import dev.weir.proxy.ProxyTimeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `weir balance`: runs the proxy in front of backends that are named one by one, until a signal.
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    header = "Balance HTTP requests over backends named on the command line.",
    description = {
      "Puts all requests in one queue and gives each to the backend expected to finish it first,",
      "as soon as that one has a free slot. SIGTERM and Ctrl-C let requests in flight end first."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir balance --backend http://127.0.0.1:9001 --backend http://127.0.0.1:9002",
      "  weir balance --listen :80 --admin :8001 --backend 'http://10.0.0.5:8080;cores=4;name=a'",
      "  weir balance --policy round-robin --served-by --backend http://127.0.0.1:9001"
    })
final class BalanceCommand implements Callable<Integer> {
  private static final String OFF = "off";

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @Section("Addresses")
  @Option(
      names = "--backend",
      paramLabel = "URL[;cores=N][;name=NAME]",
      required = true,
      description = "A backend, as in http://127.0.0.1:9001;cores=2. To be given once for each.")
  private List<String> backends = new ArrayList<>();

  @Section("Addresses")
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS]:PORT",
      defaultValue = ":8000",
      description = "Where clients connect to (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @Section("Addresses")
  @Option(
      names = "--admin",
      paramLabel = "[ADDRESS]:PORT|off",
      defaultValue = ":8001",
      description =
          "Where to show /metrics, /status and /health. Without an address: on 127.0.0.1 only"
              + " (default: ${DEFAULT-VALUE}).")
  private String admin = "";

  @Section("Balancing")
  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      defaultValue = "weir",
      description =
          "weir, round-robin, random, least-requests, power-of-two or peak-ewma (default:"
              + " ${DEFAULT-VALUE}).")
  private String policy = "";

  @Section("Balancing")
  @Option(
      names = "--queue-cap",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "How many requests may wait; more are answered 503 (default: ${DEFAULT-VALUE}).")
  private int queueCap;

  @Section("Balancing")
  @Option(
      names = "--queue-deadline",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "How long a request may wait before it is answered 503 (default: ${DEFAULT-VALUE}).")
  private Duration queueDeadline = Duration.ofSeconds(30);

  @Section("Balancing")
  @Option(
      names = "--limit-max",
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "The most slots that a backend's learned limit may reach (default: ${DEFAULT-VALUE}).")
  private int limitMax;

  @Section("Times and limits")
  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "200ms",
      description =
          "How long a backend may take to accept a connection (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ofMillis(200);

  @Section("Times and limits")
  @Option(
      names = "--response-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "60s",
      description =
          "How long a backend may send nothing before a request is answered 504 (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration responseTimeout = Duration.ofSeconds(60);

  @Section("Times and limits")
  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "How long requests in flight may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(30);

  @Section("Times and limits")
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Section("Times and limits")
  @Option(
      names = "--connections-max",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many clients may be connected at once (default: ${DEFAULT-VALUE}).")
  private int connectionsMax;

  @Section("HTTP")
  @Option(
      names = "--health-path",
      paramLabel = "PATH",
      description =
          "Ask every backend for this path each second and leave out those that do not answer it"
              + " with a status below 400.")
  private @Nullable String healthPath;

  @Section("HTTP")
  @Option(
      names = "--trust-forwarded",
      description =
          "Keep the X-Forwarded-* and Forwarded fields that clients send, and add to them. Only"
              + " behind another proxy that sets them; otherwise they are replaced.")
  private boolean trustForwarded;

  @Section("HTTP")
  @Option(
      names = "--served-by",
      description = "Name the backend that answered in the field X-Served-By.")
  private boolean servedBy;

  @Option(names = "--until-stdin-closes", hidden = true, description = "End with the parent.")
  private boolean untilStdinCloses;

  @Override
  public Integer call() throws InterruptedException, IOException {
    ProxyServer server = ProxyServer.start(settings());
    var out = spec.commandLine().getOut();
    out.println(
        "weir: balancing %d backend%s on %s, policy %s"
            .formatted(
                backends.size(),
                backends.size() == 1 ? "" : "s",
                text(server.address()),
                server.status().policy()));
    if (!admin.equals(OFF)) {
      out.println("weir: metrics and status on http://" + text(server.adminAddress()) + "/");
    }
    out.flush();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "weir-stop"));
    if (untilStdinCloses) {
      System.in.transferTo(OutputStream.nullOutputStream());
    } else {
      new CountDownLatch(1).await(); // until a signal
    }
    return ExitCode.OK;
  }

  /// Stops in good order. A signal ends the JVM with 143 or 130 whatever it did; a stop that went
  /// as asked is no failure, so the process is ended here, with 0.
  private void stop(ProxyServer server) {
    var err = spec.commandLine().getErr();
    err.println("weir: stopping; requests in flight may take up to " + Progress.plain(grace));
    err.flush();
    if (!server.stop()) {
      err.println("weir: the time of grace is over; what was left has been cut");
      err.flush();
    }
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private static String text(InetSocketAddress address) {
    return new ListenAddress(
            address.getAddress().isAnyLocalAddress() ? "" : address.getAddress().getHostAddress(),
            address.getPort())
        .toString();
  }

  private ProxySettings settings() {
    var problems = new Problems();
    var options =
        new ProxySettings.Options(threads, connectionsMax, trustForwarded, servedBy, healthPath);
    var named = new ArrayList<Backend>();
    backends.forEach(text -> problems.collect(() -> named.add(Backend.parse(text))));
    var at = new ArrayList<ListenAddress>();
    problems.collect(() -> at.add(ListenAddress.parse("--listen", listen)));
    problems.collect(() -> at.add(adminAddress()));
    Optional<PolicySpec> chosen = Attempt.of(problems, () -> Policies.named("--policy", policy));
    Optional<BalancerSettings> balancer =
        Attempt.of(problems, () -> balancer(chosen.orElse(PolicySpec.WEIR)));
    Optional<ProxyTimeouts> timeouts = Attempt.of(problems, this::timeouts);
    Attempt.of(problems, () -> with(options));
    problems.throwIfAny("balance");
    return new ProxySettings(
        at.getFirst(),
        admin.equals(OFF) ? null : at.getLast(),
        named,
        balancer.orElseThrow(),
        timeouts.orElseThrow(),
        options);
  }

  /// A proxy without backends, to see what is wrong with the options whatever else is.
  private static ProxySettings with(ProxySettings.Options options) {
    return new ProxySettings(
        new ListenAddress("", 0),
        null,
        List.of(),
        BalancerSettings.of(PolicySpec.WEIR),
        ProxyTimeouts.DEFAULTS,
        options);
  }

  private ListenAddress adminAddress() {
    if (admin.equals(OFF)) {
      return new ListenAddress("", 0);
    }
    var parsed = ListenAddress.parse("--admin", admin);
    return parsed.host().isEmpty() ? new ListenAddress("127.0.0.1", parsed.port()) : parsed;
  }

  private BalancerSettings balancer(PolicySpec named) {
    return new BalancerSettings(
        named,
        queueCap,
        queueDeadline.toNanos(),
        BalancerSettings.of(named).ejectNanos(),
        limitMax);
  }

  private ProxyTimeouts timeouts() {
    return ProxyTimeouts.DEFAULTS
        .withConnect(connectTimeout)
        .withResponse(responseTimeout)
        .withGrace(grace);
  }
}
