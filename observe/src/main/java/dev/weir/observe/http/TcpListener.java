package dev.weir.observe.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/// A port.
final class TcpListener implements Listener {
  private static final int BACKLOG = 64;

  private final ServerSocket listening = new ServerSocket();

  TcpListener(InetSocketAddress address) throws IOException {
    try {
      listening.bind(address, BACKLOG);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  @Override
  public AcceptedConnection accept() throws IOException {
    Socket socket = listening.accept();
    try {
      socket.setTcpNoDelay(true);
      return new AcceptedConnection(
          socket.getInetAddress().getHostAddress(),
          socket,
          Optional.of(socket),
          socket.getInputStream(),
          socket.getOutputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
