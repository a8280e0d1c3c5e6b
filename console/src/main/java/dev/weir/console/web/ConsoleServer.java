package dev.weir.console.web;

import dev.weir.console.action.ConsoleActions;
import dev.weir.console.wire.Hub;
import java.net.InetSocketAddress;

/// The HTTP server of the console: login, page, stream, API and plain table.
public final class ConsoleServer implements AutoCloseable {
  private ConsoleServer() {}

  /// Listens.
  ///
  /// @throws dev.weir.base.UserError if the address, a certificate or the token file cannot be used
  public static ConsoleServer start(ConsoleSettings settings, Hub hub, ConsoleActions actions) {
    throw new UnsupportedOperationException();
  }

  /// Where it listens.
  public InetSocketAddress address() {
    throw new UnsupportedOperationException();
  }

  /// Closes the port and all connections.
  @Override
  public void close() {}
}
