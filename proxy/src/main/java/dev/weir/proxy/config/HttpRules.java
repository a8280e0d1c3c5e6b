package dev.weir.proxy.config;

import dev.weir.proxy.http.HeadLimits;

/// How strictly heads are read, and what of them is believed.
///
/// @param trusted whose X-Forwarded fields are kept
/// @param heads how large heads may be
/// @param replicaLenient whether responses may break rules whose breach is harmless to other
///   clients, for old programs; services may say it for themselves
public record HttpRules(TrustedPeers trusted, HeadLimits heads, boolean replicaLenient) {
  /// Nobody is trusted, heads have the default limits, responses keep the rules.
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
