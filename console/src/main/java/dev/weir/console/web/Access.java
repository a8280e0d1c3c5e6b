package dev.weir.console.web;

import dev.weir.base.HostNames;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which requests may be served at all: those that name this server, and whose page is its own.
final class Access {
  private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

  private final HostNames names;

  Access(HostNames names) {
    this.names = names;
  }

  /// Why a request is refused; empty if it is not.
  Optional<Reply> refusal(Request request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return Optional.of(Reply.error(400, "the request names two hosts"));
    }
    if (request.path().isEmpty()) {
      return Optional.of(Reply.error(400, "the path is malformed"));
    }
    if (!names.allow(request.header(HttpHeaderNames.HOST))) {
      return Optional.of(
          Reply.error(421, "this host name is not allowed: start with --console-host NAME"));
    }
    return isForeign(request)
        ? Optional.of(Reply.error(403, "the request came from another page"))
        : Optional.empty();
  }

  private static boolean isForeign(Request request) {
    String origin = request.header(HttpHeaderNames.ORIGIN);
    boolean isElsewhere = !origin.isEmpty() && !isOwn(origin, request.header(HttpHeaderNames.HOST));
    boolean isSite = FOREIGN.contains(request.header("Sec-Fetch-Site"));
    boolean isLink = request.isRead() && request.header("Sec-Fetch-Mode").equals("navigate");
    return isElsewhere || (isSite && !isLink);
  }

  /// The scheme does not count: something in front of us may speak TLS.
  private static boolean isOwn(String origin, String host) {
    int start = origin.indexOf("://");
    return start > 0
        && origin
            .substring(start + 3)
            .toLowerCase(Locale.ROOT)
            .equals(host.strip().toLowerCase(Locale.ROOT));
  }
}
