package dev.weir.cluster.host;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A machine's place in a swarm, as its certificate says: the swarm is the organisation, the role
/// the unit, and the node the common name. It can be read while the engine is down.
///
/// @param swarmId the swarm
/// @param nodeId the machine in it
/// @param manager whether it was a manager when the certificate was made
public record Membership(String swarmId, String nodeId, boolean manager) {
  private static final Pattern PART = Pattern.compile("(CN|OU|O)=([A-Za-z0-9-]+)");

  /// Reads the first certificate of a PEM file that is written in base 64; empty if it is none.
  static Optional<Membership> read(String base64) {
    try {
      byte[] pem = Base64.getDecoder().decode(base64);
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      return named(certificate.getSubjectX500Principal().getName());
    } catch (CertificateException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Membership> named(String subject) {
    String swarm = "";
    String node = "";
    String unit = "";
    Matcher parts = PART.matcher(subject);
    while (parts.find()) {
      switch (parts.group(1)) {
        case "O" -> swarm = parts.group(2);
        case "CN" -> node = parts.group(2);
        default -> unit = parts.group(2);
      }
    }
    return swarm.isEmpty() || node.isEmpty()
        ? Optional.empty()
        : Optional.of(new Membership(swarm, node, unit.equals("swarm-manager")));
  }
}
