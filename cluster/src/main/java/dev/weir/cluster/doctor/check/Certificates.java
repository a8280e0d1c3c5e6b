package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// Certificates of the swarm and of its nodes that have expired, soon will, or do not fit.
final class Certificates extends HostCheck {
  private static final Duration CA_SOON = Duration.ofDays(180);
  private static final Duration NODE_SOON = Duration.ofDays(7);

  /// A node gets a new certificate after half to four fifths of the old one's life.
  private static final double RENEWED_BY = .85;

  private static final Duration SHORT = Duration.ofDays(2);

  Certificates() {
    super("certificates");
  }

  @Override
  public void examine(Facts facts, Findings into) {
    facts
        .engine()
        .filter(engine -> !engine.cluster().isMissingNode())
        .ifPresentOrElse(
            engine -> authority(engine, facts.at(), into),
            () -> into.unseen("the swarm's CA", "only a manager shows it"));
    super.examine(facts, into);
  }

  private static void authority(EngineFacts engine, Instant now, Findings into) {
    JsonNode cluster = engine.cluster();
    String root = cluster.path("TLSInfo").path("TrustRoot").asString("");
    HostReport.certificate(root)
        .ifPresentOrElse(
            certificate -> root(certificate, now, into),
            () -> into.unseen("the swarm's CA", "its certificate is not readable"));
    if (cluster.path("RootRotationInProgress").asBoolean(false)) {
      into.note(
          "the swarm's CA",
          "is being replaced",
          "It ends when every node has a new certificate; a node that is down keeps it from ending.",
          "docker swarm ca --detach=false  # shows the progress");
    } else {
      engine.nodes().stream()
          .filter(node -> !node.trustRoot().isEmpty() && !node.trustRoot().equals(root))
          .forEach(node ->
              into.warning(
                  node.node().hostname(),
                  "trusts another CA than the swarm",
                  "It missed a change of the CA, and cannot talk to the managers.",
                  "on it: docker swarm leave, then join again"));
    }
    Duration life =
        Duration.ofNanos(cluster.path("Spec").path("CAConfig").path("NodeCertExpiry").asLong(0));
    if (!life.isZero() && life.compareTo(SHORT) < 0) {
      into.note(
          "the swarm's CA",
          "certificates of nodes live %s".formatted(Words.time(life)),
          "A node that is off for longer cannot come back by itself.",
          "docker swarm update --cert-expiry 2160h");
    }
  }

  private static void root(X509Certificate certificate, Instant now, Findings into) {
    Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
    String[] fix = {"docker swarm ca --rotate"};
    if (left.isNegative()) {
      into.critical(
          "the swarm's CA",
          "expired on " + Words.time(certificate.getNotAfter().toInstant()),
          "Nodes cannot talk to managers any more.",
          fix);
    } else if (left.compareTo(CA_SOON) < 0) {
      into.warning(
          "the swarm's CA",
          "expires in %s".formatted(Words.time(left)),
          "After that nodes cannot talk to managers.",
          fix);
    }
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    look(
        member,
        report.certificate(),
        "the node's certificate",
        into,
        certificate -> node(member, certificate, facts.at(), into));
  }

  private static void node(Member member, X509Certificate certificate, Instant now, Findings into) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    Duration left = Duration.between(now, to);
    double spent =
        (double) Duration.between(from, now).toSeconds() / Duration.between(from, to).toSeconds();
    String[] fix = {
      "sudo systemctl restart docker  # on %s; it asks for a new one".formatted(member.name()),
      "if it stays: on it, docker swarm leave, then join again"
    };
    if (left.isNegative()) {
      into.critical(
          member.name(),
          "its certificate expired on " + Words.time(to),
          "The managers refuse it.",
          fix);
    } else if (now.isBefore(from)) {
      into.critical(
          member.name(),
          "its certificate is valid only from " + Words.time(from),
          "Clocks differ: the managers refuse it until then.",
          "see the check 'clock'");
    } else if (spent > RENEWED_BY && left.compareTo(NODE_SOON) < 0) {
      into.warning(
          member.name(),
          "its certificate expires in %s and has not been renewed".formatted(Words.time(left)),
          "A node renews it long before; something keeps it from that.",
          fix);
    }
  }
}
