package dev.weir.observe.agent;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.base.UserError;
import dev.weir.observe.SampleListener;
import dev.weir.observe.Sampler;
import dev.weir.observe.container.CgroupFiles;
import dev.weir.observe.container.ContainerDirectory;
import dev.weir.observe.wire.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A running agent: samples its node and answers, until closed.
public final class AgentServer implements AutoCloseable {
  private static final int CONTAINERS_MAX = 1_000;
  private static final int THREADS_MAX = 8;
  private static final int WAITING_MAX = 64;
  private static final int BACKLOG = 64;

  /// Limits of Java's HTTP server, in seconds and counts. It takes them from properties alone; one
  /// that is set already stays.
  private static final Map<String, String> LIMITS =
      Map.of(
          "jdk.httpserver.maxConnections", "256",
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.idleInterval", "60",
          "sun.net.httpserver.maxReqHeaders", "50");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Sampler sampler;

  private AgentServer(HttpServer server, ExecutorService threads, Sampler sampler) {
    this.server = server;
    this.threads = threads;
    this.sampler = sampler;
  }

  /// Starts sampling and answering; the first round is done when this returns.
  ///
  /// @param cgroups absent if only the engine can be asked
  /// @param listener is told when reading begins to fail
  /// @throws UserError if the address cannot be had
  public static AgentServer start(
      AgentSettings settings,
      Optional<CgroupFiles> cgroups,
      ContainerDirectory engine,
      SampleListener listener) {
    HttpServer server = bind(settings);
    var ring = new SampleRing(settings.keep(), CONTAINERS_MAX);
    var health =
        new Health(new NodeSampling(settings.node(), cgroups, engine, ring), settings.cadence());
    var threads = threads();
    var sampler = Sampler.start(settings.cadence(), List.of(health), listener);
    server.createContext("/", new AgentHandler(settings.node(), ring, health));
    server.setExecutor(threads);
    server.start();
    return new AgentServer(server, threads, sampler);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// Stops answering and sampling.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    sampler.close();
  }

  private static ExecutorService threads() {
    var threads =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("weir-agent-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static HttpServer bind(AgentSettings settings) {
    LIMITS.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
    try {
      if (settings.tls().isEmpty()) {
        return HttpServer.create(settings.listen(), BACKLOG);
      }
      HttpsServer server = HttpsServer.create(settings.listen(), BACKLOG);
      server.setHttpsConfigurator(new Mutual(settings.tls().get()));
      return server;
    } catch (IOException e) {
      throw new UserError(
          "--listen: %s:%d cannot be had: %s (expected: an address of this machine and a free port)"
              .formatted(
                  settings.listen().getHostString(), settings.listen().getPort(), e.getMessage()),
          e);
    }
  }

  /// TLS in which the client, too, shows a certificate.
  private static final class Mutual extends HttpsConfigurator {
    Mutual(TlsIdentity identity) {
      super(identity.server());
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLContext context = getSSLContext();
      SSLParameters wanted = context.getDefaultSSLParameters();
      wanted.setNeedClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }
}
