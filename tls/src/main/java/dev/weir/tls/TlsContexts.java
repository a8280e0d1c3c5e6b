package dev.weir.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS contexts from a key of our own and a choice of which certificates to trust.
public final class TlsContexts {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContexts() {}

  /// A context.
  ///
  /// @param keys our own key; null for none
  /// @param trust who is trusted; null for Java's trust store
  public static SSLContext of(
      KeyManager @Nullable [] keys, @Nullable X509ExtendedTrustManager trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust == null ? null : new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /// A key of our own with its certificates, the leaf first.
  ///
  /// @throws GeneralSecurityException if the key does not fit the certificate
  public static KeyManager[] keys(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /// Trusts certificates that one of these signed.
  public static X509ExtendedTrustManager trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = emptyStore();
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("ca-" + store.size(), authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this Java has no trust manager for X.509"));
  }

  /// Trusts every certificate: what `--insecure` and docker's "skip TLS verify" ask for.
  public static X509ExtendedTrustManager trustingAll() {
    return new TrustAll();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store is read from nowhere", e);
    }
    return store;
  }
}
