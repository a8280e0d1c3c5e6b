package dev.weir.sample;

import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.modeler.Registry;

/// A Tomcat with the pages of primecheck, from start to drained stop.
final class Server {
  /// A request that was on its way at the beginning of the stop still gets its response.
  private static final Duration QUIET = Duration.ofMillis(200);

  private final Settings settings;
  private final Path folder;
  private final Ledger ledger;
  private final Tomcat tomcat = new Tomcat();
  private final InFlight inFlight = new InFlight();
  private final AtomicBoolean unhealthy = new AtomicBoolean();
  private volatile boolean stopping;

  private Server(Settings settings) throws IOException {
    this.settings = settings;
    this.ledger = new Ledger(settings.ledger(), instance(settings), settings.testHooks());
    this.folder = Files.createTempDirectory("primecheck");
  }

  /// Binds and serves with calibrated settings.
  ///
  /// @throws IOException if the ledger cannot be written
  /// @throws LifecycleException if the port cannot be opened, caused by a `BindException`
  static Server start(Settings settings) throws IOException, LifecycleException {
    var server = new Server(settings);
    try {
      server.build(server.worker());
      server.tomcat.start();
      return server;
    } catch (LifecycleException e) {
      server.release();
      throw e;
    }
  }

  /// The port it listens on.
  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /// Refuses new connections, waits for the requests under way, and stops.
  ///
  /// @return how many requests were cut off at the end of the grace period
  int stop() throws IOException, InterruptedException, LifecycleException {
    stopping = true;
    tomcat.getConnector().getProtocolHandler().closeServerSocketGraceful();
    int cutOff = inFlight.awaitQuiet(QUIET, settings.grace()) ? 0 : inFlight.count();
    tomcat.stop();
    tomcat.destroy();
    release();
    return cutOff;
  }

  private Worker worker() {
    return new Worker(
        new WorkLaw(
            settings.workShape(), settings.workMillis(), settings.workScv(), settings.seed()),
        new CpuQuota(settings.cpus()),
        settings.divisionsPerMilli());
  }

  private void build(Worker worker) {
    Registry.disableRegistry(); // no JMX: it is a third of the start-up time
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
    Context pages = tomcat.addContext("", new File(folder.toString()).getAbsolutePath());
    pages.getPipeline().addValve(new Door());
    quieten((StandardContext) pages);
    Tomcat.addServlet(pages, "check", new CheckServlet(worker, ledger)).addMapping("/primecheck");
    Tomcat.addServlet(pages, "health", new HealthServlet(this::health)).addMapping("/health");
    if (settings.testHooks()) {
      Tomcat.addServlet(pages, "ledger", new LedgerServlet(ledger)).addMapping("/ledger");
      Tomcat.addServlet(pages, "unhealthy", new UnhealthyServlet(unhealthy))
          .addMapping("/unhealthy");
    }
  }

  private Health health() {
    return stopping ? Health.STOPPING : unhealthy.get() ? Health.UNHEALTHY : Health.OK;
  }

  /// Its name, or else the machine's, which is the id in a container.
  private static String instance(Settings settings) {
    if (!settings.name().isEmpty()) {
      return settings.name();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown";
    }
  }

  /// Tomcat's warnings of leaks between redeployments do not matter: the process ends with its only
  /// context.
  private static void quieten(StandardContext pages) {
    pages.setClearReferencesThreadLocals(false);
    pages.setClearReferencesRmiTargets(false);
  }

  private Connector connector() {
    var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    connector.setPort(settings.port());
    connector.setThrowOnFailure(true);
    connector.setProperty("address", settings.address());
    connector.setProperty(
        "bindOnInit", "false"); // else the socket cannot be closed before the rest
    connector.setProperty("maxThreads", Integer.toString(settings.threads()));
    connector.setProperty("minSpareThreads", Integer.toString(Math.min(4, settings.threads())));
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("keepAliveTimeout", "300000");
    connector.setProperty("acceptCount", "1024");
    connector.setProperty("tcpNoDelay", "true");
    return connector;
  }

  private void release() throws IOException {
    ledger.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Every request passes this filter: it counts the request, names the replica in the response,
  /// and closes the connection when the server stops.
  private final class Door extends ValveBase {
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      inFlight.begin();
      try {
        if (!settings.name().isEmpty()) {
          response.setHeader("X-Replica", settings.name());
        }
        if (stopping) {
          response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
      } finally {
        inFlight.end();
      }
    }
  }
}
