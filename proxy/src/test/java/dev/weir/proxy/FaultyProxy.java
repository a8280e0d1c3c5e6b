package dev.weir.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A proxy of few lines that shares one connection to its origin, and may have a fault planted: it
/// then forwards a length as it came. It shows that the search for such faults finds them.
final class FaultyProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final Wire origin;
  private final boolean faulty;

  FaultyProxy(int originPort, boolean faulty) throws IOException {
    this.faulty = faulty;
    origin = Wire.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), originPort));
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket socket) {
    try (var client = new Wire(socket)) {
      for (String head = client.head(); !head.isEmpty(); head = client.head()) {
        String length = Wire.field(head, "content-length");
        if (!length.isEmpty() && !length.matches("[0-9]{1,9}")) {
          return;
        }
        byte[] body = client.exactly(length.isEmpty() ? 0 : Integer.parseInt(length));
        client.send(ask(faulty || length.isEmpty() ? head : canonical(head, length), body));
      }
    } catch (IOException e) {
      // the client left
    }
  }

  private static String canonical(String head, String length) {
    return head.replaceFirst(
        "(?i)(content-length:)[ \t]*" + length, "$1 " + Integer.parseInt(length));
  }

  private synchronized String ask(String head, byte[] body) throws IOException {
    int end = head.length() - 2;
    origin.send(head.substring(0, end) + "X-Forwarded-For: c\r\n\r\n");
    origin.send(body);
    return origin.response();
  }

  @Override
  public void close() throws IOException {
    server.close();
    origin.close();
  }
}
