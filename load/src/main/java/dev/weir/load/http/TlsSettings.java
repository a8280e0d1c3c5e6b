package dev.weir.load.http;

import dev.weir.base.UserError;
import dev.weir.tls.PemException;
import dev.weir.tls.PemFile;
import dev.weir.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Which servers to trust over HTTPS.
///
/// @param insecure whether every certificate is accepted
/// @param authority a PEM file of certificates to trust instead of Java's trust store
public record TlsSettings(boolean insecure, Optional<Path> authority) {
  /// Java's trust store.
  public static final TlsSettings DEFAULT = new TlsSettings(false, Optional.empty());

  /// A context for connections to the server.
  ///
  /// @throws UserError naming `--cacert` if its file cannot be used
  public SSLContext context() {
    if (insecure) {
      return TlsContexts.of(null, TlsContexts.trustingAll());
    }
    return authority.map(TlsSettings::trusting).orElseGet(() -> TlsContexts.of(null, null));
  }

  private static SSLContext trusting(Path file) {
    try {
      return TlsContexts.of(null, TlsContexts.trusting(PemFile.certificates(file)));
    } catch (IOException e) {
      throw new UserError(
          "--cacert: %s (expected: a readable file of PEM certificates; %s)".formatted(file, e), e);
    } catch (GeneralSecurityException e) {
      throw new UserError(
          "--cacert: %s (expected: certificates in PEM form; %s)".formatted(file, reason(e)), e);
    }
  }

  private static String reason(GeneralSecurityException e) {
    return e instanceof PemException pem ? pem.reason() : String.valueOf(e.getMessage());
  }
}
