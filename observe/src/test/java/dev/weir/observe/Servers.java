package dev.weir.observe;

import dev.weir.base.HostNames;
import dev.weir.observe.wire.Listening;
import dev.weir.observe.wire.SmallServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Servers as tests start them: in plain, on any free port of the loopback address.
public final class Servers {
  private Servers() {}

  public static SmallServer start(SmallServer.Pages pages) throws IOException {
    return SmallServer.start(
        Listening.tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        new SmallServer.Access(Optional.empty(), HostNames.PRIVATE, 4),
        pages);
  }

  public static int port(SmallServer server) {
    return ((InetSocketAddress) server.address()).getPort();
  }
}
