package dev.weir.base;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/// The name that a TLS client asks for, by which a server of many names chooses its certificate.
/// Java itself leaves names without a dot out, as those of services in one Docker network are.
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
      // By its bytes: a name of Docker may hold an underscore, which the text form refuses.
      return List.of(new SNIHostName(ascii(name)));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  /// A protocol carries names as ASCII; others are converted (RFC 5891) before they come here.
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
