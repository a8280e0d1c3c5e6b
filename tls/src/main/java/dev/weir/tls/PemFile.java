package dev.weir.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;

/// Reads certificates and private keys from PEM files of at most 1 MiB.
public final class PemFile {
  private static final int BYTES_MAX = 1 << 20;

  private PemFile() {}

  /// Reads all certificates of a file, in their order.
  ///
  /// @throws PemException if there is none, or one is malformed
  public static List<X509Certificate> certificates(Path file) throws IOException, PemException {
    List<X509Certificate> found;
    try {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (CertificateException e) {
      throw new PemException(file, String.valueOf(e.getMessage()), e);
    }
    if (found.isEmpty()) {
      throw new PemException(file, "it holds none", null);
    }
    return found;
  }

  /// Reads the first private key of a file: PKCS #8, PKCS #1 (as docker's guide makes it) or SEC 1.
  ///
  /// @throws PemException if there is none, or it is malformed or encrypted
  public static PrivateKey privateKey(Path file) throws IOException, PemException {
    var text = new StringReader(new String(bytes(file), StandardCharsets.US_ASCII));
    try (var parser = new PEMParser(text)) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case PrivateKeyInfo key -> {
            return new JcaPEMKeyConverter().getPrivateKey(key);
          }
          case PEMKeyPair pair -> {
            return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
          }
          case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
              throw new PemException(
                  file, "the key is encrypted (expected: a key without a password)", null);
          default -> {} // certificates, or parameters of a curve
        }
      }
    } catch (IOException | DecoderException e) {
      throw new PemException(file, "its key is unreadable: " + e.getMessage(), e);
    }
    throw new PemException(file, "it holds no private key", null);
  }

  private static byte[] bytes(Path file) throws IOException, PemException {
    return BoundedFile.read(file, BYTES_MAX)
        .orElseThrow(() -> new PemException(file, "it is larger than 1 MiB", null));
  }
}
