package dev.weir.swarm.engine;

import dev.weir.base.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as the PEM files of the docker command say.
///
/// @param context what makes the connections
/// @param isVerifying whether the Engine's name is checked
record ClientTls(SSLContext context, boolean isVerifying) {
  private static final char[] NO_PASSWORD = new char[0];

  static ClientTls of(TlsFiles files) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(files), trust(files), null);
      return new ClientTls(context, files.verify());
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "TLS files of the engine: %s (expected: PEM files ca.pem, cert.pem and key.pem)"
              .formatted(e),
          e);
    }
  }

  private static KeyManager @Nullable [] keys(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (files.certificate().isEmpty() || files.key().isEmpty()) {
      return null;
    }
    PrivateKey key = PemKey.read(files.key().get());
    Certificate[] chain = certificates(files.certificate().get()).toArray(new Certificate[0]);
    KeyStore store = empty();
    store.setKeyEntry("engine", key, NO_PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (!files.verify()) {
      return new TrustManager[] {new TrustAll()};
    }
    Optional<Path> authority = files.authority();
    if (authority.isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    int index = 0;
    for (Certificate certificate : certificates(authority.get())) {
      store.setCertificateEntry("ca" + index++, certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(PemKey.bytes(file)));
    if (found.isEmpty()) {
      throw new IOException(file + " holds no certificate");
    }
    return found;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /// Trusts whoever answers: what a context with "skip TLS verify" asks for.
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
