package dev.weir.console.web;

import dev.weir.base.UserError;
import dev.weir.tls.PemException;
import dev.weir.tls.PemFile;
import dev.weir.tls.TlsContexts;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// TLS with a certificate from files.
final class ServerTls {
  private static final String CERTIFICATE = "TLS certificate";
  private static final String KEY = "TLS key";
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;

  private ServerTls(SSLContext context) {
    this.context = context;
  }

  /// @throws UserError naming the file that cannot be used
  static ServerTls read(TlsFiles files) {
    var chain = read(CERTIFICATE, files.certificate(), PemFile::certificates);
    var key = read(KEY, files.key(), PemFile::privateKey);
    try {
      return new ServerTls(TlsContexts.of(TlsContexts.keys(key, chain), null));
    } catch (GeneralSecurityException e) {
      throw new UserError(
          "%s: %s (expected: the certificate of the key %s)"
              .formatted(CERTIFICATE, files.certificate(), files.key()),
          e);
    }
  }

  SslHandler handler() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    return new SslHandler(engine);
  }

  private static <T> T read(String option, Path file, Reader<T> reader) {
    try {
      return reader.read(file);
    } catch (IOException e) {
      throw new UserError(
          "%s: %s cannot be read (expected: a PEM file)".formatted(option, file), e);
    } catch (PemException e) {
      throw new UserError(
          "%s: %s (expected: a PEM file; %s)".formatted(option, file, e.reason()), e);
    }
  }

  /// Reads one of the files.
  @FunctionalInterface
  private interface Reader<T> {
    T read(Path file) throws IOException, PemException;
  }
}
