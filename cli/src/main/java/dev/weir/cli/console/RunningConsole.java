package dev.weir.cli.console;

import dev.weir.base.IpText;
import dev.weir.console.source.BalancerPages;
import dev.weir.console.source.ConsoleSource;
import dev.weir.console.source.SourceSettings;
import dev.weir.console.source.UsageSource;
import dev.weir.console.web.ConsoleServer;
import dev.weir.console.web.ConsoleSettings;
import dev.weir.console.wire.Hub;
import dev.weir.lab.sampling.SamplingSettings;
import dev.weir.swarm.engine.EngineAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// A console that reads and serves.
///
/// @param source reads
/// @param server serves
/// @param atEnd closes the source of CPU and memory
/// @param scheme `http` or `https`
public record RunningConsole(
    ConsoleSource source, ConsoleServer server, Runnable atEnd, String scheme)
    implements AutoCloseable {
  /// Starts one.
  ///
  /// @param managers the managers of the swarm; none without one
  /// @param balancers the pages of balancers, by name
  /// @param sampling where CPU and memory come from
  /// @throws dev.weir.base.UserError if it cannot listen
  static RunningConsole start(
      ConsoleSettings settings,
      List<EngineAddress> managers,
      Map<String, BalancerPages> balancers,
      SamplingSettings sampling) {
    var hub = Hub.ofHour();
    SwarmUsage swarm = managers.isEmpty() ? null : new SwarmUsage(sampling, managers);
    UsageSource usage = swarm == null ? () -> nothing() : swarm;
    ConsoleSource source =
        ConsoleSource.start(
            new SourceSettings(managers, balancers, usage, settings.write(), settings.version()),
            hub::publish);
    try {
      ConsoleServer server = ConsoleServer.start(settings, hub, source.actions());
      return new RunningConsole(
          source,
          server,
          swarm == null ? () -> {} : swarm::close,
          settings.tls().isPresent() ? "https" : "http");
    } catch (RuntimeException e) {
      source.close();
      if (swarm != null) {
        swarm.close();
      }
      throw e;
    }
  }

  private static UsageSource.Reading nothing() {
    return new UsageSource.Reading(List.of(), List.of("CPU and memory: no swarm is followed"));
  }

  /// The lines that say where it is.
  List<String> lines(ConsoleSettings settings) {
    InetSocketAddress at = server.address();
    String host =
        at.getAddress().isAnyLocalAddress()
            ? "*:" + at.getPort()
            : IpText.withPort(at.getAddress().getAddress(), at.getPort());
    String login =
        settings.tokenFile().map(file -> ", log in with the token in " + file).orElse("");
    return List.of("weir: console on %s://%s/%s".formatted(scheme, host, login));
  }

  @Override
  public void close() {
    server.close();
    source.close();
    atEnd.run();
  }
}
