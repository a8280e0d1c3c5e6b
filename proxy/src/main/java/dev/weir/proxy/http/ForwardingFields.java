package dev.weir.proxy.http;

/// The fields that proxies set and apps believe, besides X-Forwarded-For, -Host and -Proto: a
/// client that could send them would choose the address, scheme, certificate or path that an app
/// sees, and so pass its lists of allowed addresses, its rate limits and its logs. From peers that
/// are not trusted they are dropped, and so is every other field with a name that begins with
/// X-Forwarded.
///
/// Fields by which clients rightly say something of themselves are not here, nor are those that
/// only one company's own edge sets and no common framework reads.
final class ForwardingFields {
  /// Each of them in lower case.
  static final String[] NAMES = {
    // the client's address, as edges, proxies and frameworks name it
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "cf-pseudo-ipv4",
    "client-ip",
    "do-connecting-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "forwarded-for",
    "proxy-client-ip",
    "true-client-ip",
    "wl-proxy-client-ip",
    "x-appengine-user-ip",
    "x-azure-clientip",
    "x-azure-socketip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-originating-ip",
    "x-proxyuser-ip",
    "x-real-ip",
    "x-real-port",
    "x-remote-addr",
    "x-remote-ip",
    // whether the client came by TLS, and with which certificate (RFC 9440, 2.4)
    "client-cert",
    "client-cert-chain",
    "front-end-https",
    "x-scheme",
    "x-url-scheme",
    // what was asked for before a proxy rewrote it: some frameworks serve that path or host
    // instead,
    // which would pass by the routes of this proxy
    "x-original-for",
    "x-original-host",
    "x-original-proto",
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url"
  };

  private ForwardingFields() {}
}
