package dev.weir.lab.local;

import dev.weir.base.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Finds free loopback ports.
public final class Ports {
  private static final int TRIES_MAX = 1000;
  private static final int PORT_MAX = 65_535;

  private Ports() {}

  /// The first `count` free ports from `base` up, and the used ones that were skipped.
  ///
  /// @throws UserError if there are not that many below 65,536
  public static Found from(int base, int count) {
    var free = new ArrayList<Integer>();
    var used = new ArrayList<Integer>();
    for (int port = base; free.size() < count; port++) {
      if (port > PORT_MAX || port - base > TRIES_MAX) {
        throw new UserError(
            "--port-base: %d (expected: %d free ports from there on; choose another base)"
                .formatted(base, count));
      }
      (isFree(port) ? free : used).add(port);
    }
    return new Found(free, used);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Ports to use, and ports that others use.
  public record Found(List<Integer> free, List<Integer> used) {}
}
