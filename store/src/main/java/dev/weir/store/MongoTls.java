package dev.weir.store;

import dev.weir.base.Checks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The options of TLS that a connection string has for other clients of MongoDB, and that the
/// driver passes over without a word: whom to trust is read here, and the others are refused.
final class MongoTls {
  private static final Pattern AUTHORITIES = option("tlsCAFile");
  private static final Pattern OWN_KEY = option("tlsCertificateKeyFile(?:Password)?");

  private MongoTls() {}

  /// Checks what the driver does not.
  ///
  /// @throws IllegalArgumentException if an option is unknown here, or its file is not there
  static void check(String uri) {
    Matcher own = OWN_KEY.matcher(uri);
    boolean shown = own.find();
    Checks.check(
        !shown,
        "--mongo-uri",
        shown ? own.group(1) : "",
        "a user and a password; a client certificate through WEIR_JAVA_OPTS=-Djavax.net.ssl.keyStore=FILE");
    context(uri);
  }

  /// What trusts those in `tlsCAFile`, and nobody else; empty if there is no such option.
  static Optional<SSLContext> context(String uri) {
    Matcher file = AUTHORITIES.matcher(uri);
    return file.find()
        ? Optional.of(trusting(URLDecoder.decode(file.group(2), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private static SSLContext trusting(String file) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : certificates(Path.of(file))) {
        store.setCertificateEntry("ca-" + store.size(), one);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | CertificateException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "--mongo-uri: tlsCAFile=%s (expected: a file of certificates in PEM form; %s)"
              .formatted(file, e instanceof IOException io ? Disk.reason(io) : e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new CertificateException("it holds none");
      }
      return found;
    }
  }

  /// Names of options are the same in capitals and small letters.
  private static Pattern option(String name) {
    return Pattern.compile("[?&;](" + name + ")=([^&;]*)", Pattern.CASE_INSENSITIVE);
  }
}
