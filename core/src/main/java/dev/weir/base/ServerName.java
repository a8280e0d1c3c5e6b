package dev.weir.base;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/// The name that a TLS client asks for, by which a server of many names chooses its certificate.
/// Java itself leaves names without a dot out, as those of services in one Docker network are.
public final class ServerName {
  private ServerName() {}

  /// Asks for `host`, unless it is an address.
  public static void ask(SSLParameters parameters, String host) {
    List<SNIServerName> names = of(host);
    if (!names.isEmpty()) {
      parameters.setServerNames(names);
    }
  }

  static List<SNIServerName> of(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.isEmpty() || isAddress(name)) {
      return List.of();
    }
    try {
      // By its bytes: a name of Docker may hold an underscore, which the text form refuses.
      return List.of(new SNIHostName(name.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  private static boolean isAddress(String name) {
    try {
      return name.startsWith("[") || InetAddress.ofLiteral(name) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
