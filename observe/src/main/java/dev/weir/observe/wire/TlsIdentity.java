package dev.weir.observe.wire;

import dev.weir.base.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// One side of mutual TLS: a certificate, its key, and the one authority that the other side's
/// certificate has to come from.
public final class TlsIdentity {
  /// The only one spoken. A context's name says which is the newest; it alone excludes no older
  /// one.
  static final List<String> PROTOCOLS = List.of("TLSv1.3");

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = new char[0];

  private final X509Certificate certificate;
  private final KeyManagerFactory keys;
  private final X509ExtendedTrustManager trust;

  private TlsIdentity(
      X509Certificate certificate, KeyManagerFactory keys, X509ExtendedTrustManager trust) {
    this.certificate = certificate;
    this.keys = keys;
    this.trust = trust;
  }

  /// Reads PEM files.
  ///
  /// @throws UserError naming the file that cannot be used
  public static TlsIdentity read(Path certificate, Path key, Path authority) {
    return of(
        Pem.read("--tls-cert", certificate),
        Pem.read("--tls-key", key),
        Pem.read("--tls-ca", authority));
  }

  private static TlsIdentity of(Pem certificate, Pem key, Pem authority) {
    List<X509Certificate> chain = certificate.certificates();
    PrivateKey secret = key.privateKey();
    try {
      KeyStore own = emptyStore();
      own.setKeyEntry("own", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      KeyStore theirs = emptyStore();
      theirs.setCertificateEntry("authority", authority.certificates().getFirst());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(theirs);
      for (TrustManager one : trust.getTrustManagers()) {
        if (one instanceof X509ExtendedTrustManager extended) {
          return new TlsIdentity(chain.getFirst(), keys, new PinnedCaTrustManager(extended));
        }
      }
      throw new IllegalStateException("this Java has no trust manager for X.509");
    } catch (GeneralSecurityException | IOException e) {
      throw certificate.unusable("does not fit the key: " + e.getMessage(), e);
    }
  }

  /// When the certificate ends.
  public Instant expires() {
    return certificate.getNotAfter().toInstant();
  }

  /// For a server that refuses whoever shows no certificate of the authority.
  public SSLContext server() {
    return context();
  }

  /// For a client that refuses servers without a certificate of the authority.
  public SSLContext client() {
    return context();
  }

  private SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS 1.3 is part of every Java", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /// A PEM file and the option that named it.
  private record Pem(String option, Path file, String text) {
    static Pem read(String option, Path file) {
      try {
        return new Pem(option, file, Files.readString(file, StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UserError(
            "%s: %s cannot be read: %s (expected: a PEM file)"
                .formatted(option, file, e.getClass().getSimpleName()),
            e);
      }
    }

    List<X509Certificate> certificates() {
      try {
        Collection<? extends Certificate> all =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        List<X509Certificate> found =
            all.stream()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      } catch (GeneralSecurityException e) {
        throw unusable("holds no certificate: " + e.getMessage(), e);
      }
      throw unusable("holds no certificate", null);
    }

    PrivateKey privateKey() {
      Matcher matcher = KEY.matcher(text);
      if (!matcher.find()) {
        throw unusable("holds no unencrypted PKCS #8 key", null);
      }
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
      return List.of("EC", "RSA", "Ed25519").stream()
          .flatMap(algorithm -> key(algorithm, der).stream())
          .findFirst()
          .orElseThrow(() -> unusable("holds a key of an unknown kind", null));
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] der) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
      } catch (GeneralSecurityException e) {
        return Optional.empty(); // another kind of key
      }
    }

    UserError unusable(String why, @Nullable Exception cause) {
      String message = "%s: %s %s (expected: a PEM file)".formatted(option, file, why);
      return cause == null ? new UserError(message) : new UserError(message, cause);
    }
  }
}
