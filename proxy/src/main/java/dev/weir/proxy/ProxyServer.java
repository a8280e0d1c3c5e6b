package dev.weir.proxy;

import dev.weir.balance.BalancerStatus;
import dev.weir.base.Ticker;
import dev.weir.base.UserError;
import dev.weir.proxy.admin.AdminPages;
import dev.weir.proxy.admin.AdminPort;
import dev.weir.proxy.admin.DiscoveryStatus;
import dev.weir.proxy.client.ClientLimit;
import dev.weir.proxy.client.WorkerClients;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.exchange.WorkerServices;
import dev.weir.proxy.process.AcceptFailures;
import dev.weir.proxy.process.Capacity;
import dev.weir.proxy.process.Descriptors;
import dev.weir.proxy.process.FatalExit;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.process.Watchdog;
import dev.weir.proxy.service.ServiceStatus;
import dev.weir.proxy.socket.Transport;
import dev.weir.proxy.upstream.UpstreamConnector;
import dev.weir.proxy.worker.Worker;
import dev.weir.scale.ScaleReport;
import dev.weir.scale.ServiceLoad;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A running proxy in front of one service or several.
public final class ProxyServer implements AutoCloseable {
  /// The exit code of a process with an event loop that did not serve.
  public static final int EXIT_LOOP_DEAD = FatalExit.LOOP_DEAD;

  /// The exit code of a process that ran out of memory.
  public static final int EXIT_OUT_OF_MEMORY = FatalExit.OUT_OF_MEMORY;

  private static final long TICK_MILLIS = 50;
  private static final int BACKLOG = 4096;

  private final ProxySettings settings;
  private final Transport transport;
  private final UpstreamConnector connector;
  private final Ticker ticker = System::nanoTime;
  private final RateLimitedLog log = new RateLimitedLog(ticker);
  private final Services services;
  private final MultiThreadIoEventLoopGroup control;
  private final MultiThreadIoEventLoopGroup loops;
  private final Workers workers;
  private final ClientLimit clientLimit;
  private final FatalExit ending = FatalExit.OF_PROCESS;
  private final Watchdog watchdog = new Watchdog(ending);
  private final Capacity capacity;
  private final AdminPages pages;
  private @Nullable Channel listener;
  private @Nullable Channel admin;
  private volatile @Nullable Supplier<DiscoveryStatus> discovery;
  private volatile Supplier<Map<String, ScaleReport>> scaling = Map::of;
  private boolean stopped;

  private ProxyServer(ProxySettings settings, Transport transport, UpstreamConnector connector) {
    this.settings = settings;
    this.transport = transport;
    this.connector = connector;
    control =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("weir-control", true), transport.handlers());
    loops =
        new MultiThreadIoEventLoopGroup(
            settings.options().loops(),
            new DefaultThreadFactory("weir-loop", true),
            transport.handlers());
    capacity = Capacity.of(settings.options(), Descriptors.now(), Runtime.getRuntime().maxMemory());
    workers = new Workers(newWorkers());
    watchdog.watch(control.next(), () -> {});
    clientLimit = new ClientLimit(capacity.connections(), workers.all());
    services = new Services(settings, workers, control.next(), connector, log, ticker);
    pages =
        new AdminPages(
            this::statuses,
            this::discovery,
            () -> scaling.get(),
            workers.all(),
            clientLimit,
            watchdog,
            ticker);
  }

  private List<WorkerClients> newWorkers() {
    long memoryBytes = capacity.memoryBytes() / settings.options().loops();
    var needs = new Worker.Needs(log, ending, ticker, memoryBytes);
    var all = new ArrayList<WorkerClients>();
    for (EventExecutor loop : loops) {
      var worker = new Worker((EventLoop) loop, settings, needs);
      all.add(new WorkerClients(worker, new WorkerServices(worker, connector)));
      watchdog.watch(worker.loop(), worker::beat);
    }
    return all;
  }

  /// Starts a proxy in front of one service; when this returns, it accepts connections.
  ///
  /// @throws UserError if a port cannot be opened, saying what to do
  public static ProxyServer start(ProxySettings settings) {
    ServiceSpec only =
        ServiceSpec.only(settings.balancer(), settings.replicas())
            .withLenient(settings.options().http().replicaLenient())
            .with(settings.options().promise());
    return start(settings, List.of(only));
  }

  /// Starts a proxy in front of these services; the service that the settings name is ignored.
  ///
  /// @throws UserError if a port cannot be opened, saying what to do
  public static ProxyServer start(ProxySettings settings, List<ServiceSpec> services) {
    Transport transport = Transport.best();
    return start(settings, services, transport, new UpstreamConnector(transport));
  }

  /// Starts a proxy that uses this connector, and closes it at the end.
  static ProxyServer start(
      ProxySettings settings,
      List<ServiceSpec> services,
      Transport transport,
      UpstreamConnector connector) {
    var server = new ProxyServer(settings, transport, connector);
    try {
      server.open(services);
      return server;
    } catch (RuntimeException e) {
      server.shutDown();
      throw e;
    }
  }

  private void open(List<ServiceSpec> initial) {
    services.become(initial);
    workers.start();
    watchdog.start();
    EventLoop loop = control.next();
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    ListenAddress adminAddress = settings.admin();
    if (adminAddress != null) {
      var port = new AdminPort(pages, settings.adminHosts(), loop, ticker);
      admin = bind("--admin", adminAddress, port, control, null);
    }
    services.start();
    listener = bind("--listen", settings.listen(), clientInitializer(), loops, clientLimit);
  }

  private void tick() {
    try {
      services.tick();
    } catch (RuntimeException e) {
      log.failure("tick", e);
    }
  }

  private Channel bind(
      String option,
      ListenAddress address,
      ChannelInitializer<Channel> initializer,
      MultiThreadIoEventLoopGroup children,
      @Nullable ClientLimit bound) {
    var bootstrap =
        transport
            .boundsUnsent(new ServerBootstrap())
            .group(control, children)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, bound != null)
            .childHandler(initializer);
    if (bound != null) {
      bootstrap.handler(bound);
    }
    ChannelFuture binding = bootstrap.bind(address.socketAddress()).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw bindFailure(option, address, binding.cause());
    }
    binding.channel().pipeline().addLast(new AcceptFailures(log, ending));
    return binding.channel();
  }

  private static UserError bindFailure(String option, ListenAddress address, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String advice;
    if (message.contains("Permission denied")) {
      advice =
          ("ports below 1024 need a right: use another port, or sudo sysctl"
                  + " net.ipv4.ip_unprivileged_port_start=%d, or setcap cap_net_bind_service=+ep on"
                  + " the java binary")
              .formatted(address.port());
    } else if (message.contains("in use")) {
      advice =
          ("another process holds port %d: see which with ss -ltnp 'sport = :%d', or use another"
                  + " port")
              .formatted(address.port(), address.port());
    } else if (cause instanceof BindException || message.contains("assign")) {
      advice = "the address must be one of this machine's; leave it out to listen on all";
    } else {
      advice = message;
    }
    return new UserError("%s: cannot listen on %s: %s".formatted(option, address, advice), cause);
  }

  private ChannelInitializer<Channel> clientInitializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        workers.accept(channel);
      }
    };
  }

  /// Sets the replicas of the only service. Requests under way on other replicas run to their end.
  public void replicas(List<ReplicaEndpoint> replicas) {
    services.only(replicas);
  }

  /// Sets the services. Requests under way for other services run to their end. A service with
  /// changed settings starts again with what it has learned.
  ///
  /// @throws IllegalArgumentException if two have one name or one route
  public void services(List<ServiceSpec> specs) {
    services.become(specs);
  }

  /// Shows in status and metrics how current the proxy's knowledge of its services is.
  public void discovery(Supplier<DiscoveryStatus> source) {
    discovery = source;
  }

  /// Shows in status and metrics how services are scaled.
  ///
  /// @param source the state of each scaled service, by name
  public void scaling(Supplier<Map<String, ScaleReport>> source) {
    scaling = source;
  }

  private @Nullable DiscoveryStatus discovery() {
    Supplier<DiscoveryStatus> source = discovery;
    return source == null ? null : source.get();
  }

  /// Where the machine allows less than the settings ask for, as lines for the user.
  public List<String> notes() {
    return capacity.notes();
  }

  /// The address for clients.
  public InetSocketAddress address() {
    return addressOf(listener);
  }

  /// The address of metrics, status and health.
  ///
  /// @throws IllegalStateException if the settings name no admin port
  public InetSocketAddress adminAddress() {
    return addressOf(admin);
  }

  private static InetSocketAddress addressOf(@Nullable Channel channel) {
    if (channel == null) {
      throw new IllegalStateException("not listening");
    }
    return (InetSocketAddress) channel.localAddress();
  }

  /// The text of the admin port's `/status` or `/scale`, rendered on the calling thread, with or
  /// without such a port; null for other paths.
  public @Nullable String page(String path) {
    return pages.text(path);
  }

  /// The balancer of the first service at this instant.
  public BalancerStatus status() {
    return services.statuses().getFirst().balancer();
  }

  /// Every service at this instant.
  public List<ServiceStatus> statuses() {
    return services.statuses();
  }

  /// What the balancer of each service has measured for the autoscaler, by the service's name.
  ///
  /// A service is idle since its last request, event stream or tunnel ended, or since the proxy or
  /// the service started.
  public Map<String, ServiceLoad> loads() {
    return services.loads();
  }

  /// Sets who learns that a request asks for a replica: the name of its service is passed on at
  /// once, for each service at most once a second.
  ///
  /// Each call has a short thread of its own, so it delays no request. It must return soon all the
  /// same: the calls for other services do not wait for it.
  public void onWake(Consumer<String> listener) {
    services.onWake(listener);
  }

  /// Says how a service that may have no replica starts; without effect on other services, and if
  /// there is none of that name. May be called at any time.
  ///
  /// @param holdSeconds how long requests wait for a replica: >= 0, bounded by the queue deadline,
  ///   which holds before the first call
  /// @param reason why no replica can be started, in the engine's words: requests get a 503 with it
  ///   at once, until this is called with an empty reason or a replica appears; empty if nothing is
  ///   wrong
  public void cold(String service, double holdSeconds, String reason) {
    services.cold(service, holdSeconds, reason);
  }

  /// Stops: accepts no more connections, lets requests in flight end within the grace period, and
  /// cuts the rest. Returns when all is closed.
  ///
  /// @return whether everything ended by itself
  public boolean stop() {
    synchronized (this) {
      if (stopped) {
        return true;
      }
      stopped = true;
    }
    if (listener != null) {
      var _ = listener.close().awaitUninterruptibly();
    }
    services.stop();
    boolean drained = workers.stop(settings.timeouts().grace().toMillis());
    shutDown();
    return drained;
  }

  @Override
  public void close() {
    boolean _ = stop();
  }

  private void shutDown() {
    if (admin != null) {
      var _ = admin.close().awaitUninterruptibly();
    }
    watchdog.close();
    connector.close();
    var loopsGone = loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    var controlGone = control.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    var _ = loopsGone.awaitUninterruptibly();
    var _ = controlGone.awaitUninterruptibly();
  }
}
