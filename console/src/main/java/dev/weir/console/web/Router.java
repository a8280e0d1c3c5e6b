package dev.weir.console.web;

import java.util.Optional;

/// Decides what a request gets. Nothing but the login is served without a session.
final class Router {
  private final Access access;
  private final Login login;
  private final StaticFiles files;
  private final Viewers viewers;
  private final Api api;

  Router(Access access, Login login, StaticFiles files, Viewers viewers, Api api) {
    this.access = access;
    this.login = login;
    this.files = files;
    this.viewers = viewers;
    this.api = api;
  }

  /// Replies now or later. On the event loop.
  void handle(Exchange exchange) {
    Request request = exchange.request();
    Optional<Reply> early = access.refusal(request).or(() -> ofLogin(request));
    Optional<Session> session = login.session(request);
    if (early.isPresent()) {
      exchange.reply(early.get());
    } else if (session.isPresent()) {
      exchange.authenticated();
      serve(exchange, session.get());
    } else {
      exchange.reply(
          request.isForPage()
              ? login.page(401, request)
              : Reply.error(401, "log in first, at /login"));
    }
  }

  private Optional<Reply> ofLogin(Request request) {
    String path = request.path();
    if (path.equals("/login")) {
      return Optional.of(
          request.method().equals("POST")
              ? login.login(request)
              : request.isRead() ? form(request) : notAllowed("GET, HEAD, POST"));
    }
    return request.isRead() && StaticFiles.isOfLogin(path)
        ? files.find(path).map(file -> file.reply(200, request))
        : Optional.empty();
  }

  private Reply form(Request request) {
    return login.sessions().areNeeded() ? login.page(200, request) : Reply.redirect("/");
  }

  private void serve(Exchange exchange, Session session) {
    Request request = exchange.request();
    String path = request.path();
    Optional<StaticFile> file = files.find(path.equals("/") ? "/index.html" : path);
    if (path.equals("/logout")) {
      exchange.reply(logout(request, session));
    } else if (api.serves(path)) {
      api.serve(exchange, session);
    } else if (!path.equals("/stream") && file.isEmpty()) {
      exchange.reply(Reply.error(404, "there is nothing here"));
    } else if (!request.isRead()) {
      exchange.reply(notAllowed("GET, HEAD"));
    } else if (file.isPresent()) {
      exchange.reply(file.get().reply(200, request));
    } else {
      stream(exchange, session);
    }
  }

  private Reply logout(Request request, Session session) {
    if (!request.method().equals("POST")) {
      return notAllowed("POST");
    }
    Reply reply = login.logout(request);
    if (login.sessions().areNeeded()) {
      viewers.end(session);
    }
    return reply;
  }

  private void stream(Exchange exchange, Session session) {
    Request request = exchange.request();
    if (!request.method().equals("GET")) {
      exchange.reply(notAllowed("GET"));
      return;
    }
    String field = request.header("Last-Event-ID");
    viewers.add(exchange, session, field.isEmpty() ? request.query("last") : Optional.of(field));
  }

  static Reply notAllowed(String methods) {
    return Reply.error(405, "only " + methods + " is possible here").with("Allow", methods);
  }
}
