package dev.weir.base;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/// The server name in a client's TLS hello, by which a server chooses its certificate. Java itself
/// omits names without a dot, such as those of services in a Docker network.
public final class ServerName {
  private static final char MAX_ASCII = 0x7e;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

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
      // As bytes: Docker's names may hold an underscore, which the text form refuses.
      return List.of(new SNIHostName(ascii(name)));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  /// Names are sent as ASCII; others are converted before (RFC 5891).
  private static byte[] ascii(String name) {
    var bytes = new byte[name.length()];
    for (int i = 0; i < bytes.length; i++) {
      char letter = name.charAt(i);
      if (letter > MAX_ASCII) {
        throw new IllegalArgumentException(name);
      }
      bytes[i] = (byte) letter;
    }
    return bytes;
  }

  /// No name has a colon, or digits and dots alone.
  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || ADDRESS.matcher(name).matches();
  }
}
