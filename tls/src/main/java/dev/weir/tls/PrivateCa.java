package dev.weir.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A private CA that signs one certificate for servers and one for clients. Its key never leaves
/// this class and is then discarded, so it cannot sign a third.
public final class PrivateCa {
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 120;

  /// Clocks of nodes differ.
  private static final Duration BACKDATED = Duration.ofHours(1);

  private PrivateCa() {}

  /// New certificates of a new authority.
  ///
  /// @param server the name in the server's certificate, such as weir-agent
  /// @param client the name in the client's certificate
  public static Certificates issue(String server, String client, Instant now, Duration valid) {
    try {
      Instant from = now.minus(BACKDATED);
      Instant until = now.plus(valid);
      KeyPair own = keyPair();
      X500Name name = new X500Name("CN=" + server + " authority");
      X509Certificate root = root(own, name, from, until);
      KeyPair serverKey = keyPair();
      KeyPair clientKey = keyPair();
      X509Certificate serving =
          leaf(own, name, serverKey, server, KeyPurposeId.id_kp_serverAuth, from, until);
      X509Certificate asking =
          leaf(own, name, clientKey, client, KeyPurposeId.id_kp_clientAuth, from, until);
      return new Certificates(pem(root), pem(serving), pem(serverKey), pem(asking), pem(clientKey));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("certificates cannot be made: " + e.getMessage(), e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  private static X509Certificate root(KeyPair own, X500Name name, Instant from, Instant until)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            name, serial(), Date.from(from), Date.from(until), name, own.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    return signed(builder, own);
  }

  private static X509Certificate leaf(
      KeyPair own,
      X500Name issuer,
      KeyPair key,
      String name,
      KeyPurposeId purpose,
      Instant from,
      Instant until)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial(),
            Date.from(from),
            Date.from(until),
            new X500Name("CN=" + name),
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    return signed(builder, own);
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by.getPrivate())));
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
  }

  private static String pem(X509Certificate certificate) throws IOException {
    return pemOf(certificate);
  }

  private static String pem(KeyPair key) throws IOException {
    return pemOf(new JcaPKCS8Generator(key.getPrivate(), null));
  }

  private static String pemOf(Object value) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(value);
    }
    return text.toString();
  }

  /// The issued certificates and keys, as PEM.
  ///
  /// @param authority the certificate of the CA, trusted by both sides
  /// @param server the server's certificate
  /// @param serverKey its key
  /// @param client the client's certificate
  /// @param clientKey its key
  public record Certificates(
      String authority, String server, String serverKey, String client, String clientKey) {
    /// Hides the keys.
    @Override
    public String toString() {
      return "Certificates[***]";
    }
  }
}
