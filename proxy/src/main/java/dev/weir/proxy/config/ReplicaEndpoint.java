package dev.weir.proxy.config;

import dev.weir.balance.ReplicaSpec;
import dev.weir.base.Checks;
import java.util.Locale;

/// A replica and where to reach it.
///
/// @param id its name in metrics and `X-Served-By`: letters, digits and `._:-`
/// @param host a name or an address
/// @param port 1 to 65535
/// @param cores how many requests it can work on at full speed, as far as known
/// @param draining whether it gets no new request and only finishes its others
public record ReplicaEndpoint(String id, String host, int port, double cores, boolean draining) {
  private static final int PORT_DEFAULT = 80;
  private static final String EXPECTED =
      "http://HOST:PORT, then ;cores=N and ;name=NAME if wanted, as in"
          + " http://127.0.0.1:9001;cores=2";

  public ReplicaEndpoint {
    Checks.check(id.matches("[A-Za-z0-9._:-]{1,128}"), "replica name", id, "letters, digits, ._:-");
    Checks.check(!host.isBlank(), "replica host", host, "a name or an address");
    Checks.check(port >= 1 && port <= 0xffff, "replica port", port, "1 to 65535");
    Checks.positive(cores, "replica cores");
  }

  /// A replica that takes requests.
  public ReplicaEndpoint(String id, String host, int port, double cores) {
    this(id, host, port, cores, false);
  }

  /// Reads `http://HOST:PORT[;cores=N][;name=NAME]`.
  ///
  /// @throws IllegalArgumentException if it is not of that form, saying what to do about https
  public static ReplicaEndpoint parse(String text) {
    String[] parts = text.split(";", -1);
    String url = parts[0];
    Checks.check(
        !url.toLowerCase(Locale.ROOT).startsWith("https://"),
        "--replica",
        text,
        "http://: replicas are reached in plain HTTP; give the replica's plain port");
    Checks.check(url.toLowerCase(Locale.ROOT).startsWith("http://"), "--replica", text, EXPECTED);
    String authority = url.substring("http://".length());
    if (authority.endsWith("/")) {
      authority = authority.substring(0, authority.length() - 1);
    }
    boolean hasPort = authority.matches("(\\[[0-9A-Fa-f:.]+]|[^:/?#@\\[\\]\\s]+):[0-9]{1,5}");
    boolean bare = authority.matches("\\[[0-9A-Fa-f:.]+]|[^:/?#@\\[\\]\\s]+");
    Checks.check(hasPort || bare, "--replica", text, EXPECTED);
    int colon = hasPort ? authority.lastIndexOf(':') : authority.length();
    int port = hasPort ? Integer.parseInt(authority.substring(colon + 1)) : PORT_DEFAULT;
    Checks.check(port >= 1 && port <= 0xffff, "--replica", text, "a port from 1 to 65535");
    String host = authority.substring(0, colon).replaceAll("[\\[\\]]", "");
    String id = host + ":" + port;
    double cores = 1;
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].startsWith("cores=")) {
        cores = cores(parts[i].substring("cores=".length()), text);
      } else if (parts[i].startsWith("name=")) {
        id = parts[i].substring("name=".length());
      } else {
        Checks.check(false, "--replica", text, EXPECTED);
      }
    }
    return new ReplicaEndpoint(id, host, port, cores);
  }

  private static double cores(String number, String text) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--replica: %s (expected: a number after cores=)".formatted(text), e);
    }
  }

  public ReplicaSpec replica() {
    return new ReplicaSpec(id, cores, draining);
  }

  /// Whether connections to one can serve the other.
  public boolean isAt(ReplicaEndpoint other) {
    return id.equals(other.id) && host.equals(other.host) && port == other.port;
  }
}
