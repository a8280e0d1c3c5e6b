package dev.weir.proxy.config;

import dev.weir.base.Checks;
import java.net.InetSocketAddress;

/// Where a server listens.
///
/// @param host a name or address of this machine; empty for all of them
/// @param port 0 to 65535, where 0 takes any free one
public record ListenAddress(String host, int port) {
  public ListenAddress {
    Checks.check(port >= 0 && port <= 0xffff, "listen", port, "a port from 0 to 65535");
  }

  /// Reads `:8000`, `127.0.0.1:8000`, `[::1]:8000` or `8000`.
  ///
  /// @param option the option before the text, for the message
  /// @throws IllegalArgumentException if it is none of these
  public static ListenAddress parse(String option, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String digits = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    boolean formed =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(digits) <= 0xffff
            && (bracketed || host.indexOf(':') < 0)
            && host.indexOf('/') < 0;
    Checks.check(formed, option, text, ":PORT or ADDRESS:PORT, as in :8000 or 127.0.0.1:8000");
    return new ListenAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(digits));
  }

  /// The address to listen on; its name is looked up.
  public InetSocketAddress socketAddress() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
