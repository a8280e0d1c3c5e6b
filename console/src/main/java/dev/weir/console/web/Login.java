package dev.weir.console.web;

import dev.weir.base.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Logs viewers in and out. Used on the event loop alone.
final class Login {
  private final Sessions sessions;
  private final LoginLimit limit;
  private final StaticFiles files;
  private final boolean secure;

  /// @param secure whether browsers speak TLS to this server
  Login(Map<String, String> tokens, Ticker clock, StaticFiles files, boolean secure) {
    this.sessions = new Sessions(tokens, clock);
    this.limit = new LoginLimit(clock);
    this.files = files;
    this.secure = secure;
  }

  Sessions sessions() {
    return sessions;
  }

  Optional<Session> session(Request request) {
    return sessions.find(request.cookie(cookieName(request)));
  }

  /// The page with the form.
  Reply page(int status, Request request) {
    return files
        .find("/login.html")
        .map(page -> page.reply(status, request))
        .orElseGet(() -> Reply.error(status, "log in with POST /login and the field token"));
  }

  /// Checks a token.
  Reply login(Request request) {
    if (!sessions.areNeeded()) {
      return Reply.redirect("/");
    }
    Duration wait = limit.wait(request.peer());
    if (wait.isPositive()) {
      return Reply.error(429, "too many wrong tokens; wait a moment")
          .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    }
    Optional<String> cookie = sessions.login(request.form("token").orElse("").strip());
    if (cookie.isEmpty()) {
      limit.failed(request.peer());
      return request.header("Accept").contains("text/html")
          ? page(401, request)
          : Reply.error(401, "this token is not known");
    }
    return Reply.redirect("/").with("Set-Cookie", cookie(request, cookie.get(), Sessions.LIFE));
  }

  /// Forgets the session of a request.
  Reply logout(Request request) {
    request.cookie(cookieName(request)).ifPresent(sessions::logout);
    return Reply.redirect("/login").with("Set-Cookie", cookie(request, "", Duration.ZERO));
  }

  private String cookie(Request request, String value, Duration life) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
        .formatted(cookieName(request), value, life.toSeconds(), secure ? "; Secure" : "");
  }

  /// Browsers send a cookie to all ports of a host, and another console may be at one of them.
  private String cookieName(Request request) {
    return (secure ? "__Host-" : "") + "weir-console-" + request.port();
  }
}
