package dev.weir.lab.sampling;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The name of this machine.
public final class LocalHost {
  private LocalHost() {}

  /// Its host name; `localhost` if its own resolver does not know that name.
  public static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A run is still worth recording without the name.
      return "localhost";
    }
  }
}
