package dev.weir.load;

import dev.weir.base.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom to trust on the other side of HTTPS.
///
/// @param insecure whether any certificate will do
/// @param authority a file of PEM certificates to trust instead of the JDK's own
public record TlsSettings(boolean insecure, Optional<Path> authority) {
  /// The JDK's own authorities.
  public static final TlsSettings DEFAULT = new TlsSettings(false, Optional.empty());

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new UserError("--url: this Java cannot do TLS: " + e.getMessage(), e);
    }
  }

  private TrustManager @org.jspecify.annotations.Nullable [] trust()
      throws GeneralSecurityException {
    if (insecure) {
      return new TrustManager[] {new TrustsAll()};
    }
    if (authority.isEmpty()) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store(authority.get()));
    return factory.getTrustManagers();
  }

  private static KeyStore store(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new UserError("--cacert: %s (expected: certificates in PEM form)".formatted(file));
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "--cacert: %s (expected: a readable file of PEM certificates; %s)".formatted(file, e), e);
    }
  }

  /// Accepts every certificate: what `--insecure` asks for.
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
