package dev.weir.cli.console;

import dev.weir.base.HostNames;
import dev.weir.console.web.ConsoleSettings;
import dev.weir.console.web.TlsFiles;
import dev.weir.lab.record.WeirVersion;
import dev.weir.proxy.config.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a console is served, as options say it.
///
/// @param option the option that names the address, for messages
/// @param listen the address; without a host it is on loopback alone
/// @param tokenFile the file with the token; null for none, or for the default one
/// @param write whether viewers may change services
/// @param tls the files of the certificate
/// @param names further host names that requests may name
record ServeOptions(
    String option,
    String listen,
    @Nullable Path tokenFile,
    boolean write,
    Tls tls,
    List<String> names) {
  /// @param certificate PEM; null for plain HTTP
  /// @param key its key
  record Tls(@Nullable Path certificate, @Nullable Path key) {
    static final Tls NONE = new Tls(null, null);

    Optional<TlsFiles> files() {
      return certificate == null || key == null
          ? Optional.empty()
          : Optional.of(new TlsFiles(certificate, key));
    }

    private void check() {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException(
            "%s: missing (expected: both of --tls-cert and --tls-key, or neither)"
                .formatted(certificate == null ? "--tls-cert" : "--tls-key"));
      }
    }
  }

  /// The settings of the server.
  ///
  /// @throws IllegalArgumentException if an option is wrong
  ConsoleSettings settings() {
    tls.check();
    ListenAddress parsed = ListenAddress.parse(option, listen);
    String host = parsed.host().isEmpty() ? "127.0.0.1" : parsed.host();
    return new ConsoleSettings(
        host,
        parsed.port(),
        tokenFile(host),
        write,
        tls.files(),
        HostNames.of("--console-host", names),
        WeirVersion.text());
  }

  /// Addresses that others reach have a login, so they have a token file.
  private Optional<Path> tokenFile(String host) {
    if (tokenFile != null) {
      return Optional.of(tokenFile);
    }
    boolean isLoopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    return isLoopback
        ? Optional.empty()
        : Optional.of(Path.of(System.getProperty("user.home"), ".weir", "console.token"));
  }
}
