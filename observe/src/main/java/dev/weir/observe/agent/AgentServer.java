package dev.weir.observe.agent;

import dev.weir.base.HostNames;
import dev.weir.base.UserError;
import dev.weir.observe.SampleListener;
import dev.weir.observe.Sampler;
import dev.weir.observe.SteadyClock;
import dev.weir.observe.container.CgroupFiles;
import dev.weir.observe.container.ContainerDirectory;
import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A running agent: samples its node and responds, until closed.
public final class AgentServer implements AutoCloseable {
  private static final int CONTAINERS_MAX = 1_000;

  /// Each may take some megabytes while it is rendered.
  private static final int AT_ONCE_MAX = 4;

  private final AgentHttpServer server;
  private final Sampler sampler;

  private AgentServer(AgentHttpServer server, Sampler sampler) {
    this.server = server;
    this.sampler = sampler;
  }

  /// Starts sampling and serving; on return, the first round is done.
  ///
  /// @param cgroups absent if only the engine is available
  /// @param listener is notified when reading begins to fail
  /// @throws UserError if it cannot listen on the address
  public static AgentServer start(
      AgentSettings settings,
      Optional<CgroupFiles> cgroups,
      ContainerDirectory engine,
      SampleListener listener) {
    var ring = new SampleRing(settings.keep(), CONTAINERS_MAX);
    var health =
        new SourceHealth(
            new NodeSampling(settings.node(), cgroups, engine, ring), settings.cadence());
    var clock = new SteadyClock();
    AgentHttpServer server =
        listen(
            settings,
            new AgentHandler(settings.node(), ring, health, AgentHandler.SAMPLES_MAX, clock));
    return new AgentServer(
        server, Sampler.start(settings.cadence(), List.of(health), listener, clock));
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) server.address();
  }

  /// Stops responding and sampling.
  @Override
  public void close() {
    server.close();
    sampler.close();
  }

  private static AgentHttpServer listen(AgentSettings settings, AgentHandler handler) {
    try {
      // With TLS no browser has the certificate, so the host name is not checked.
      HostNames hosts = settings.tls().isPresent() ? HostNames.ANY : settings.hosts();
      return AgentHttpServer.start(
          Listener.tcp(settings.listen()),
          new AgentHttpServer.Access(settings.tls(), hosts, AT_ONCE_MAX),
          handler);
    } catch (IOException e) {
      throw new UserError(
          "--listen: %s:%d cannot be opened: %s (expected: an address of this machine and a free"
              + " port)"
                  .formatted(
                      settings.listen().getHostString(),
                      settings.listen().getPort(),
                      e.getMessage()),
          e);
    }
  }
}
