package dev.weir.swarm.monitor;

/// The agent's side of mutual TLS, as PEM.
///
/// @param certificate what it shows
/// @param key the certificate's key
/// @param authority the CA that signs the certificates of its clients
public record AgentSecrets(String certificate, String key, String authority) {
  /// Shows no key.
  @Override
  public String toString() {
    return "AgentSecrets[***]";
  }
}
