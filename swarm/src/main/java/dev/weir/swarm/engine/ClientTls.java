package dev.weir.swarm.engine;

import dev.weir.base.UserError;
import dev.weir.tls.BoundedFile;
import dev.weir.tls.PemException;
import dev.weir.tls.PemFile;
import dev.weir.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS to an Engine, from the PEM files of the docker command.
///
/// @param context makes the connections
/// @param isVerifying whether to check the Engine's name
record ClientTls(SSLContext context, boolean isVerifying) {
  static ClientTls of(TlsFiles files) {
    try {
      return new ClientTls(TlsContexts.of(keys(files), trust(files)), files.verify());
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "TLS files of the engine: %s (expected: PEM files ca.pem, cert.pem and key.pem)"
              .formatted(e instanceof PemException ? e.getMessage() : e),
          e);
    }
  }

  private static KeyManager @Nullable [] keys(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (files.certificate().isEmpty() || files.key().isEmpty()) {
      return null;
    }
    return TlsContexts.keys(
        PemFile.privateKey(BoundedFile.regular(files.key().get())),
        PemFile.certificates(BoundedFile.regular(files.certificate().get())));
  }

  private static @Nullable X509ExtendedTrustManager trust(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (!files.verify()) {
      return TlsContexts.trustingAll();
    }
    if (files.authority().isEmpty()) {
      return null;
    }
    Path authority = BoundedFile.regular(files.authority().get());
    return TlsContexts.trusting(PemFile.certificates(authority));
  }
}
