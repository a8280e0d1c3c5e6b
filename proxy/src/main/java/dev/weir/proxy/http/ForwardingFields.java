package dev.weir.proxy.http;

/// The fields that proxies set and apps trust, besides X-Forwarded-For, -Host and -Proto. A client
/// that could send them would choose the address, scheme, certificate or path that an app sees, and
/// so bypass its allow lists, rate limits and logs. From untrusted peers they are dropped, as is
/// every other field whose name begins with X-Forwarded.
///
/// Not listed: fields by which clients describe themselves, and fields that only one company's own
/// edge sets and no common framework reads.
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
    // whether the client used TLS, and which certificate (RFC 9440, 2.4)
    "client-cert",
    "client-cert-chain",
    "front-end-https",
    "x-scheme",
    "x-url-scheme",
    // the target before a proxy rewrote it: some frameworks serve that path or host instead, which
    // would bypass this proxy's routes
    "x-original-for",
    "x-original-host",
    "x-original-proto",
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url"
  };

  private ForwardingFields() {}
}
