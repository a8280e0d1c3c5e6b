package dev.weir.observe.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A client that trusts the right authority and shows no certificate.
final class NoCertificate {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final SSLContext context;

  NoCertificate(String authority) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
  }

  /// What the server says to `GET /stats`.
  String get(URI address) throws IOException {
    try (var socket =
        (SSLSocket) context.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket
          .getOutputStream()
          .write("GET /stats HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] said = socket.getInputStream().readNBytes(1);
      if (said.length == 0) {
        throw new IOException("the server hung up");
      }
      return new String(said, StandardCharsets.US_ASCII);
    }
  }
}
