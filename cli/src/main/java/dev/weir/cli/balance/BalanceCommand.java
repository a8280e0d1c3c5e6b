package dev.weir.cli.balance;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.balance.QueueSpec;
import dev.weir.base.HostNames;
import dev.weir.base.IpText;
import dev.weir.base.Problems;
import dev.weir.cli.console.BalancerConsole;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.Policies;
import dev.weir.cli.option.PromiseConverter;
import dev.weir.cli.option.WordCompletion;
import dev.weir.proxy.ProxyServer;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.scale.Promise;
import dev.weir.term.FigureText;
import dev.weir.term.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir balance`: runs the proxy in front of replicas that are named one by one, until a signal.
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    header = "Balance HTTP requests over the tasks of swarm services, or over replicas named here.",
    description = {
      "Keeps one queue for each service. Each request goes to the free replica expected to finish",
      "it first. Rolling updates of swarm services lose no request. On SIGTERM or Ctrl-C,",
      "requests in flight finish first."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir balance --replica http://127.0.0.1:9001 --replica http://127.0.0.1:9002",
      "  weir balance --listen :80 --admin :8001 --replica 'http://10.0.0.5:8080;cores=4;name=a'",
      "  weir balance --policy round-robin --served-by --replica http://127.0.0.1:9001",
      "  weir balance --limit 4 --replica http://127.0.0.1:9001",
      "  weir balance --service primecheck:8080 --network app --listen :80",
      "  weir balance --swarm -H tcp://10.0.0.2:2376 --tls-verify"
    })
public final class BalanceCommand implements Callable<Integer> {
  private static final String OFF = "off";
  private static final Duration STOP_MARGIN = Duration.ofSeconds(8);
  private static final Duration SCALING_STOP_MAX = Duration.ofSeconds(2);

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandLine.Model.CommandSpec spec;

  @HelpSection("Addresses")
  @Option(
      names = "--replica",
      paramLabel = "URL[;cores=N][;name=NAME]",
      description = "A replica, as in http://127.0.0.1:9001;cores=2. Repeatable.")
  private List<String> replicas = new ArrayList<>();

  @HelpSection("Addresses")
  @Option(
      names = "--listen",
      paramLabel = "[ADDRESS]:PORT",
      defaultValue = ":8000",
      description = "Address and port for clients (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @HelpSection("Addresses")
  @Option(
      names = "--admin",
      paramLabel = "[ADDRESS]:PORT|off",
      defaultValue = ":8001",
      description =
          "Address and port of /metrics, /status and /health. Without an address: on 127.0.0.1"
              + " only (default: ${DEFAULT-VALUE}).")
  private String admin = "";

  @HelpSection("Addresses")
  @Option(
      names = "--admin-host",
      paramLabel = "NAME",
      description =
          "A further host name that the admin port accepts in Host; addresses, localhost and names"
              + " of swarm services always work. * accepts any. Repeatable.")
  private List<String> adminHosts = new ArrayList<>();

  @HelpSection("Balancing")
  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      completionCandidates = Policies.class,
      defaultValue = "weir",
      description =
          "weir, round-robin, random, least-requests, power-of-two or peak-ewma (default:"
              + " ${DEFAULT-VALUE}).")
  private String policy = "";

  @HelpSection("Balancing")
  @Option(
      names = "--queue-cap",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many requests may wait; more get a 503 (default: ${DEFAULT-VALUE}).")
  private int queueCap;

  @HelpSection("Balancing")
  @Option(
      names = "--queue-deadline",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description = "How long a request may wait before it gets a 503 (default: ${DEFAULT-VALUE}).")
  private Duration queueDeadline = Duration.ofSeconds(30);

  @HelpSection("Balancing")
  @Option(
      names = "--limit",
      paramLabel = "auto|off|N",
      completionCandidates = WordCompletion.Limits.class,
      defaultValue = "auto",
      description =
          "How many requests each replica may have in flight with the policy weir: auto learns the"
              + " number, starting without a limit; off queues nothing and acts as least-requests;"
              + " N is fixed (default: ${DEFAULT-VALUE}).")
  private String limit = "";

  @HelpSection("Balancing")
  @Option(
      names = "--limit-max",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Upper bound of a limit, learned or still open (default: ${DEFAULT-VALUE}).")
  private int limitMax;

  @HelpSection("Balancing")
  @Option(
      names = "--slow-start",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10s",
      description =
          "How long a new replica gets less than its share, starting at a tenth, as long as others"
              + " have free slots; 0s turns this off (default: ${DEFAULT-VALUE}).")
  private Duration slowStart = Duration.ofSeconds(10);

  @HelpSection("Balancing")
  @Option(
      names = "--slo",
      paramLabel = "PROMISE",
      converter = PromiseConverter.class,
      description =
          "The latency promised, as in p99<300ms; /status and /metrics compare it with predicted and"
              + " measured latency. Per service: the label weir.slo.")
  private @Nullable Promise slo;

  @Mixin private QueueOptions queue = new QueueOptions();

  @Mixin private ProxyLimits limits = new ProxyLimits();

  @Mixin private FollowOptions follow = new FollowOptions();

  @Mixin private BalancerConsole console = new BalancerConsole();

  @Option(names = "--until-stdin-closes", hidden = true, description = "End with the parent.")
  private boolean untilStdinCloses;

  @Override
  public Integer call() throws InterruptedException, IOException {
    ProxySettings settings = settings();
    if (!follow.isAsked()) {
      serve(ProxyServer.start(settings), () -> {}, () -> {});
      return ExitCode.OK;
    }
    try (SwarmServiceSync following = follow.open(settings, this::say)) {
      ProxyServer server = ProxyServer.start(settings, following.services());
      following.start(server);
      serve(
          server,
          () -> following.lines().forEach(spec.commandLine().getOut()::println),
          following::stopScaling);
    }
    return ExitCode.OK;
  }

  private void say(String line) {
    var err = spec.commandLine().getErr();
    err.println("weir: " + line);
    err.flush();
  }

  private void serve(ProxyServer server, Runnable more, Runnable atStop)
      throws InterruptedException, IOException {
    var out = spec.commandLine().getOut();
    out.println(
        "weir: balancing %s on %s, policy %s"
            .formatted(
                follow.isAsked() ? follow.describe() : FigureText.count(replicas.size(), "replica"),
                text(server.address()),
                policy));
    server.notes().forEach(line -> out.println("weir: " + line));
    more.run();
    console.start(server::page, follow.isAsked() ? follow.addresses() : List.of(), out::println);
    if (!admin.equals(OFF)) {
      out.println("weir: metrics and status on http://" + text(server.adminAddress()) + "/");
    }
    out.flush();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, atStop), "weir-stop"));
    if (untilStdinCloses) {
      System.in.transferTo(OutputStream.nullOutputStream());
    } else {
      new CountDownLatch(1).await(); // until a signal
    }
  }

  /// Stops gracefully and exits with 0. After a signal the JVM itself would exit with 143 or 130,
  /// but a graceful stop is a success.
  private void stop(ProxyServer server, Runnable first) {
    bound(limits.grace().plus(STOP_MARGIN));
    var err = spec.commandLine().getErr();
    err.println(
        "weir: stopping; requests in flight may take up to " + Progress.plain(limits.grace()));
    err.flush();
    Thread beside = Thread.ofPlatform().daemon().name("weir-stop-scaling").start(first);
    if (!server.stop()) {
      err.println("weir: the grace period is over; the remaining requests were cut");
      err.flush();
    }
    try {
      boolean _ = beside.join(SCALING_STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  /// Ends the process after `time` even if the stop hangs: a hung event loop never drains.
  private static void bound(Duration time) {
    Thread.ofPlatform()
        .daemon()
        .name("weir-stop-bound")
        .start(() -> {
          LockSupport.parkNanos(time.toNanos());
          Runtime.getRuntime().halt(ExitCode.FAILED);
        });
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? ":" + address.getPort()
        : IpText.withPort(address.getAddress().getAddress(), address.getPort());
  }

  private ProxySettings settings() {
    var problems = new Problems();
    follow.check(problems, replicas);
    console.check(problems);
    var named = new ArrayList<ReplicaEndpoint>();
    replicas.forEach(text -> problems.collect(() -> named.add(ReplicaEndpoint.parse(text))));
    var at = new ArrayList<ListenAddress>();
    problems.collect(() -> at.add(ListenAddress.parse("--listen", listen)));
    problems.collect(() -> at.add(adminAddress()));
    Optional<HostNames> hosts =
        OptionParsing.of(problems, () -> HostNames.of("--admin-host", adminHosts));
    Optional<PolicySpec> chosen =
        OptionParsing.of(problems, () -> PolicySpec.parse("--policy", policy));
    Optional<LimitSpec> bound = OptionParsing.of(problems, () -> LimitSpec.parse("--limit", limit));
    Optional<BalancerSettings> balancer =
        OptionParsing.of(
            problems, () -> balancer(chosen.orElse(PolicySpec.WEIR), bound.orElse(LimitSpec.AUTO)));
    Optional<QueueSpec> order = OptionParsing.of(problems, () -> queue.spec(slo));
    Optional<ProxyTimeouts> timeouts = OptionParsing.of(problems, limits::timeouts);
    Optional<ProxySettings.Options> options =
        OptionParsing.of(problems, () -> limits.options().with(slo));
    options.ifPresent(known -> OptionParsing.of(problems, () -> with(known)));
    problems.throwIfAny("balance");
    return new ProxySettings(
        at.getFirst(),
        admin.equals(OFF) ? null : at.getLast(),
        hosts.orElseThrow(),
        named,
        balancer.orElseThrow().with(order.orElseThrow()),
        timeouts.orElseThrow(),
        options.orElseThrow());
  }

  /// Settings of a proxy without replicas, to check the options.
  private static ProxySettings with(ProxySettings.Options options) {
    return new ProxySettings(
        new ListenAddress("", 0),
        null,
        HostNames.PRIVATE,
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

  private BalancerSettings balancer(PolicySpec named, LimitSpec bound) {
    return new BalancerSettings(
        named,
        queueCap,
        queueDeadline.toNanos(),
        BalancerSettings.of(named).ejectNanos(),
        bound,
        limitMax,
        slowStart.toNanos());
  }
}
