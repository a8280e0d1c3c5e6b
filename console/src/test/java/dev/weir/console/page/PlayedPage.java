package dev.weir.console.page;

import dev.weir.console.web.ConsoleServer;
import dev.weir.console.web.ConsoleSettings;
import dev.weir.console.wire.Hub;
import java.util.function.UnaryOperator;

/// A console that serves a made-up swarm on loopback.
final class PlayedPage implements AutoCloseable {
  final PlayedActions actions = new PlayedActions();
  private final Hub hub = Hub.ofHour();
  private final ConsoleSettings settings;
  private ConsoleServer server;

  private PlayedPage(ConsoleSettings settings) {
    this.settings = settings;
    this.server = ConsoleServer.start(settings, hub, actions);
  }

  /// Serves a swarm, with changes allowed.
  static PlayedPage of(PageSwarm swarm) {
    return of(swarm, settings -> settings.withWrite(true));
  }

  /// Serves a swarm with other settings.
  static PlayedPage of(PageSwarm swarm, UnaryOperator<ConsoleSettings> change) {
    var page = new PlayedPage(change.apply(ConsoleSettings.loopback(0)));
    page.publish(swarm);
    return page;
  }

  void publish(PageSwarm swarm) {
    hub.publish(swarm.picture());
  }

  /// The page's address.
  String url() {
    return "http://127.0.0.1:%d/".formatted(server.address().getPort());
  }

  /// Closes the port and all connections, then serves the same again.
  void restart(Runnable between) {
    var same =
        new ConsoleSettings(
            settings.host(),
            server.address().getPort(),
            settings.tokenFile(),
            settings.write(),
            settings.tls(),
            settings.names(),
            settings.version());
    server.close();
    between.run();
    server = ConsoleServer.start(same, hub, actions);
  }

  @Override
  public void close() {
    server.close();
  }
}
