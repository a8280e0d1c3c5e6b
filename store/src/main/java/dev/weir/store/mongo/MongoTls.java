package dev.weir.store.mongo;

import dev.weir.base.Checks;
import dev.weir.store.folder.Disk;
import dev.weir.tls.PemException;
import dev.weir.tls.PemFile;
import dev.weir.tls.TlsContexts;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// TLS options of a connection string that the driver silently ignores. `tlsCAFile` is read here;
/// the options for a client certificate are refused.
final class MongoTls {
  private static final Pattern AUTHORITIES = option("tlsCAFile");
  private static final Pattern OWN_KEY = option("tlsCertificateKeyFile(?:Password)?");

  private MongoTls() {}

  /// Checks the options that the driver ignores.
  ///
  /// @throws IllegalArgumentException if an option is not supported, or its file is unusable
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

  /// A context that trusts only the certificates in `tlsCAFile`; empty without that option.
  static Optional<SSLContext> context(String uri) {
    Matcher file = AUTHORITIES.matcher(uri);
    return file.find()
        ? Optional.of(trusting(URLDecoder.decode(file.group(2), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private static SSLContext trusting(String file) {
    try {
      return TlsContexts.of(null, TlsContexts.trusting(PemFile.certificates(Path.of(file))));
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "--mongo-uri: tlsCAFile=%s (expected: a file of certificates in PEM form; %s)"
              .formatted(file, reason(e)),
          e);
    }
  }

  private static @Nullable String reason(Exception e) {
    return switch (e) {
      case IOException io -> Disk.reason(io);
      case PemException pem -> pem.reason();
      default -> e.getMessage();
    };
  }

  /// Option names ignore case.
  private static Pattern option(String name) {
    return Pattern.compile("[?&;](" + name + ")=([^&;]*)", Pattern.CASE_INSENSITIVE);
  }
}
