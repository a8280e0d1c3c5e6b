package dev.weir.console.web;

import dev.weir.base.HostNames;
import java.nio.file.Path;
import java.util.Optional;

/// How the console is served.
///
/// @param host the address to listen at
/// @param port the port; 0 takes a free one
/// @param tokenFile holds the tokens that log a viewer in; empty: no login, on loopback alone
/// @param write whether viewers may change services
/// @param tls the certificate to show; empty: plain HTTP
/// @param names host names that requests may name
/// @param version Weir's, shown on plain pages
public record ConsoleSettings(
    String host,
    int port,
    Optional<Path> tokenFile,
    boolean write,
    Optional<TlsFiles> tls,
    HostNames names,
    String version) {
  /// On loopback, without login, TLS or changes.
  public static ConsoleSettings loopback(int port) {
    return new ConsoleSettings(
        "127.0.0.1", port, Optional.empty(), false, Optional.empty(), HostNames.PRIVATE, "");
  }

  /// The same with a token file.
  public ConsoleSettings withTokenFile(Path file) {
    return new ConsoleSettings(host, port, Optional.of(file), write, tls, names, version);
  }

  /// The same with changes allowed or not.
  public ConsoleSettings withWrite(boolean allowed) {
    return new ConsoleSettings(host, port, tokenFile, allowed, tls, names, version);
  }

  /// The same with TLS.
  public ConsoleSettings withTls(TlsFiles files) {
    return new ConsoleSettings(host, port, tokenFile, write, Optional.of(files), names, version);
  }
}
