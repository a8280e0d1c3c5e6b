package dev.weir.observe.http;

import dev.weir.base.HostNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Servers as tests start them: in plain, on any free port of the loopback address.
public final class Servers {
  private Servers() {}

  public static AgentHttpServer start(AgentHttpServer.Pages pages) throws IOException {
    return AgentHttpServer.start(
        Listener.tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        new AgentHttpServer.Access(Optional.empty(), HostNames.PRIVATE, 4),
        pages);
  }

  public static int port(AgentHttpServer server) {
    return ((InetSocketAddress) server.address()).getPort();
  }
}
