package dev.weir.proxy.config;

import dev.weir.proxy.http.HeadLimits;

/// How strictly heads are read, and which peers are trusted.
///
/// @param trusted the peers that may set X-Forwarded fields
/// @param heads how large heads may be
/// @param replicaLenient whether responses of old programs may break rules if no other client is
///   harmed; a service may override it
public record HttpRules(TrustedPeers trusted, HeadLimits heads, boolean replicaLenient) {
  /// No peer is trusted, heads have the default limits, responses keep the rules.
  public static final HttpRules DEFAULTS =
      new HttpRules(TrustedPeers.NOBODY, HeadLimits.DEFAULTS, false);

  /// The same with other trusted peers.
  public HttpRules with(TrustedPeers trusted) {
    return new HttpRules(trusted, heads, replicaLenient);
  }

  /// The same with other limits of heads.
  public HttpRules with(HeadLimits heads) {
    return new HttpRules(trusted, heads, replicaLenient);
  }

  /// The same, lenient or not.
  public HttpRules withLenient(boolean replicaLenient) {
    return new HttpRules(trusted, heads, replicaLenient);
  }
}
