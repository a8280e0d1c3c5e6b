package dev.weir.swarm.monitor;

/// The agent's side of mutual TLS, as PEM.
///
/// @param certificate the agent's certificate
/// @param key the certificate's key
/// @param authority the CA that signs the certificates of its clients
public record AgentSecrets(String certificate, String key, String authority) {
  /// Hides the key.
  @Override
  public String toString() {
    return "AgentSecrets[***]";
  }
}
