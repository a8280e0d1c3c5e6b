package dev.weir.tls;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/// One side of mutual TLS: a certificate, its key, and the one private CA that the other side's
/// certificate must come from.
public final class TlsIdentity {
  /// The only version in use. The name of a context sets its newest version and excludes no older
  /// one, so each side enables these explicitly.
  public static final List<String> PROTOCOLS = List.of("TLSv1.3");

  private final X509Certificate certificate;
  private final KeyManager[] keys;
  private final X509ExtendedTrustManager trust;

  private TlsIdentity(
      X509Certificate certificate, KeyManager[] keys, X509ExtendedTrustManager trust) {
    this.certificate = certificate;
    this.keys = keys;
    this.trust = trust;
  }

  /// Reads PEM files.
  ///
  /// @throws UserError naming the option and the file that cannot be used
  public static TlsIdentity read(Path certificate, Path key, Path authority) {
    List<X509Certificate> chain = read("--tls-cert", certificate, PemFile::certificates);
    PrivateKey secret = read("--tls-key", key, PemFile::privateKey);
    X509Certificate root = read("--tls-ca", authority, PemFile::certificates).getFirst();
    try {
      return new TlsIdentity(
          chain.getFirst(),
          TlsContexts.keys(secret, chain),
          new PinnedCaTrustManager(TlsContexts.trusting(List.of(root))));
    } catch (GeneralSecurityException e) {
      throw new UserError(
          "--tls-cert: %s (expected: the certificate of the key %s; %s)"
              .formatted(certificate, key, e.getMessage()),
          e);
    }
  }

  private static <T> T read(String option, Path file, Reader<T> reader) {
    try {
      return reader.read(file);
    } catch (IOException e) {
      throw new UserError(
          "%s: %s cannot be read: %s (expected: a PEM file)"
              .formatted(option, file, e.getClass().getSimpleName()),
          e);
    } catch (PemException e) {
      throw new UserError(
          "%s: %s (expected: a PEM file; %s)".formatted(option, file, e.reason()), e);
    }
  }

  /// When the certificate expires.
  public Instant expires() {
    return certificate.getNotAfter().toInstant();
  }

  /// For a server; it must require a client certificate, which the CA must have signed.
  public SSLContext server() {
    return TlsContexts.of(keys, trust);
  }

  /// For a client; it accepts only servers with a certificate of the CA.
  public SSLContext client() {
    return TlsContexts.of(keys, trust);
  }

  /// Reads one of the files.
  @FunctionalInterface
  private interface Reader<T> {
    T read(Path file) throws IOException, PemException;
  }
}
