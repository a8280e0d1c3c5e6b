package dev.weir.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// A name server (RFC 1035) that knows the IPv4 addresses of a few names, for ten minutes each, and
/// is silent about others.
final class FakeNameServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int FOUND = 0x8180;
  private static final int NO_SUCH_NAME = 0x8183;
  private static final int POINTER_TO_QUESTION = 0xc00c;
  private static final int TYPE_A = 1;
  private static final int CLASS_IN = 1;
  private static final int SECONDS = 600;

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final Set<String> noResponse = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  FakeNameServer() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void put(String name, String... of) {
    addresses.put(name, List.of(of));
  }

  void neverResponse(String name) {
    noResponse.add(name);
  }

  /// The requested names.
  BlockingQueue<String> asked() {
    return asked;
  }

  private void serve() {
    byte[] bytes = new byte[512];
    var packet = new DatagramPacket(bytes, bytes.length);
    try {
      while (!socket.isClosed()) {
        packet.setLength(bytes.length);
        socket.receive(packet);
        respond(ByteBuffer.wrap(bytes, 0, packet.getLength()), packet);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void respond(ByteBuffer query, DatagramPacket packet) throws IOException {
    short id = query.getShort(0);
    query.position(HEADER);
    var name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    boolean wantsIpv4 = query.getShort() == TYPE_A;
    query.getShort(); // the class
    asked.add(name.toString());
    if (noResponse.contains(name.toString())) {
      return;
    }
    List<String> known = addresses.get(name.toString());
    List<String> found = known == null || !wantsIpv4 ? List.of() : known;
    byte[] question = new byte[query.position() - HEADER];
    query.get(HEADER, question);
    ByteBuffer response =
        ByteBuffer.allocate(512)
            .putShort(id)
            .putShort((short) (known == null ? NO_SUCH_NAME : FOUND))
            .putShort((short) 1)
            .putShort((short) found.size())
            .putInt(0)
            .put(question);
    for (String address : found) {
      response
          .putShort((short) POINTER_TO_QUESTION)
          .putShort((short) TYPE_A)
          .putShort((short) CLASS_IN)
          .putInt(SECONDS)
          .putShort((short) 4)
          .put(InetAddress.ofLiteral(address).getAddress());
    }
    socket.send(
        new DatagramPacket(response.array(), response.position(), packet.getSocketAddress()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
