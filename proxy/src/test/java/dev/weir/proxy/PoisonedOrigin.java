package dev.weir.proxy;

import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.http.FuzzTargets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// An origin that sends responses which hide another one: what of them reaches clients is plain,
/// and no other client gets the hidden one.
final class PoisonedOrigin {
  private static final int PATIENCE_MILLIS = 150;
  private static final int CANARY_MILLIS = 10_000;

  private PoisonedOrigin() {}

  /// Serves one connection: `/odd-7` gets the seventh case, anything else its own target.
  static void serve(List<Smuggling.Case> cases, Wire wire) throws IOException {
    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
      String target = head.split(" ", -1)[1];
      if (target.startsWith("/odd-")) {
        wire.send(cases.get(Integer.parseInt(target.substring(5))).bytes());
      } else {
        wire.send(FakeReplica.ok(target));
      }
    }
  }

  /// The problem after a numbered case; empty if there is none.
  static String problem(InetSocketAddress proxy, int number) throws IOException {
    String got = got(proxy, "/odd-" + number, PATIENCE_MILLIS);
    if (got.matches("(?s)HTTP/1\\.1 [23].*") && got.contains("\r\n\r\n")) {
      FuzzTargets.plain(got);
    }
    for (int i = 0; i < 2; i++) {
      String target = "/canary-%d-%d".formatted(number, i);
      String response = got(proxy, target, CANARY_MILLIS);
      if (!response.endsWith("\r\n\r\n" + target)) {
        return "somebody else got " + response;
      }
    }
    return "";
  }

  private static String got(InetSocketAddress proxy, String target, int patienceMillis)
      throws IOException {
    String request = "GET %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".formatted(target);
    return Wire.whatComesBack(proxy, patienceMillis, Bytes.of(request));
  }
}
