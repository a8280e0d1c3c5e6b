package dev.weir.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates and keys in their PEM forms, and what is refused.
class PemFileTest {
  private final PrivateCa.Certificates issued =
      PrivateCa.issue("server", "client", Instant.now(), Duration.ofDays(1));

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.pem"), text);
  }

  @Test
  void aChainKeepsItsOrder() throws Exception {
    var chain = PemFile.certificates(file(issued.server() + issued.authority()));
    assertThat(chain).hasSize(2);
    assertThat(chain.getFirst().getSubjectX500Principal().getName()).isEqualTo("CN=server");
  }

  @Test
  void theKeyBesideACertificateIsFound() throws Exception {
    PrivateKey key = PemFile.privateKey(file(issued.server() + issued.serverKey()));
    assertThat(key.getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void aKeyIsTheSameInItsOldForm() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    var old = new StringWriter();
    try (var pem = new JcaPEMWriter(old)) {
      pem.writeObject(key);
    }
    assertThat(old.toString()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(PemFile.privateKey(file(old.toString())).getEncoded()).isEqualTo(key.getEncoded());
  }

  @Test
  void anEncryptedKeyIsRefused() throws Exception {
    Path encrypted =
        file(
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

            AAAA
            -----END RSA PRIVATE KEY-----
            """);
    assertThatThrownBy(() -> PemFile.privateKey(encrypted))
        .isInstanceOf(PemException.class)
        .hasMessageContaining("a key without a password");
  }

  @Test
  void whatHoldsNoneIsRefused() throws Exception {
    Path empty = file("nothing here\n");
    assertThatThrownBy(() -> PemFile.certificates(empty)).isInstanceOf(PemException.class);
    assertThatThrownBy(() -> PemFile.privateKey(empty))
        .isInstanceOf(PemException.class)
        .hasMessage(empty + ": it holds no private key");
    Path broken = file("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> PemFile.privateKey(broken)).isInstanceOf(PemException.class);
  }

  @Test
  void noMoreIsReadThanAMebibyte() throws Exception {
    Path large = file("#".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> PemFile.privateKey(large))
        .hasMessage(large + ": it is larger than 1 MiB");
    assertThatThrownBy(() -> BoundedFile.regular(folder)).isInstanceOf(IOException.class);
  }
}
