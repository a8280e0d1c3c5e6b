package dev.weir.proxy.config;

import dev.weir.proxy.http.HeadLimits;

/// How strictly heads are read, and which peers are believed.
///
/// @param trusted the peers that may set X-Forwarded fields
/// @param heads how large heads may be
/// @param replicaLenient whether responses may break rules when no other client is harmed, for old
///   programs; services may say it for themselves
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
