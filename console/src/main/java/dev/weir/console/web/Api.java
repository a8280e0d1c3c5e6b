package dev.weir.console.web;

import dev.weir.base.JsonText;
import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.web.ActionRunner.Work;
import dev.weir.console.wire.Hub;
import dev.weir.console.wire.PictureJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a page asks for beside the stream, and the plain table.
final class Api implements AutoCloseable {
  private static final Pattern ITEM =
      Pattern.compile("/api/(series|curve|logs)/([A-Za-z0-9][A-Za-z0-9._:-]{0,127})");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LINES_MAX = 1000;
  private static final int LINES = 200;
  private static final int TEXT_MAX = 4 << 20;

  private final Hub hub;
  private final ConsoleActions actions;
  private final ConsoleSettings settings;
  private final Changes changes;
  private final ActionRunner runner = new ActionRunner("weir-console-action", 8, 128, LIMIT);
  private final ActionRunner pictures = new ActionRunner("weir-console-picture", 2, 64, LIMIT);

  Api(Hub hub, ConsoleActions actions, ConsoleSettings settings) {
    this.hub = hub;
    this.actions = actions;
    this.settings = settings;
    this.changes = new Changes(actions, settings.write());
  }

  boolean serves(String path) {
    return path.startsWith("/api/") || path.equals("/table");
  }

  void serve(Exchange exchange, Session session) {
    Request request = exchange.request();
    if (!request.isRead()) {
      change(exchange, session);
      return;
    }
    switch (request.path()) {
      case "/api/session" -> exchange.reply(Reply.json(describe(session)));
      case "/api/span" -> exchange.reply(Reply.json(span()));
      case "/api/at" -> pictures.run(exchange, () -> at(request));
      case "/table" ->
          pictures.run(
              exchange, () -> Reply.html(200, TablePage.of(hub.latest(), settings.version())));
      default -> item(exchange);
    }
  }

  private void change(Exchange exchange, Session session) {
    try {
      Work work = changes.prepare(exchange.request(), session);
      runner.run(exchange, () -> bounded(work.reply()));
    } catch (ActionException e) {
      exchange.reply(Reply.error(e.status(), e.line()));
    }
  }

  private String describe(Session session) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("csrf", session.csrf());
    fields.put("write", changes.areAllowed());
    fields.put("who", session.name());
    fields.put("login", settings.tokenFile().isPresent());
    return JsonText.of(fields);
  }

  private String span() {
    return hub.history()
        .span()
        .map(span -> "{\"from\":%d,\"to\":%d}".formatted(span.from(), span.to()))
        .orElse("{\"from\":null,\"to\":null}");
  }

  private Reply at(Request request) throws ActionException {
    String text = request.query("t").orElse("");
    if (!text.matches("[0-9]{1,15}")) {
      throw new ActionException(400, "t: %s (expected: epoch milliseconds)".formatted(text));
    }
    return hub.history()
        .at(Long.parseLong(text))
        .map(picture -> Reply.json(PictureJson.of(picture)))
        .orElseThrow(() -> new ActionException(404, "nothing is known yet"));
  }

  private void item(Exchange exchange) {
    Matcher item = ITEM.matcher(exchange.request().path());
    if (!item.matches()) {
      exchange.reply(Reply.error(404, "there is nothing here"));
      return;
    }
    String id = item.group(2);
    Work work =
        switch (item.group(1)) {
          case "series" -> () -> Reply.json(actions.series(id));
          case "curve" -> () -> Reply.json(actions.curve(id));
          default -> () -> Reply.json(actions.logs(id, lines(exchange.request())));
        };
    runner.run(exchange, () -> bounded(work.reply()));
  }

  private static int lines(Request request) throws ActionException {
    String text = request.query("lines").orElse(Integer.toString(LINES));
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LINES_MAX) {
      throw new ActionException(400, "lines: %s (expected: 1 to 1000)".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static Reply bounded(Reply reply) throws ActionException {
    if (reply.body.length > TEXT_MAX) {
      throw new ActionException(502, "this is larger than 4 MiB");
    }
    return reply;
  }

  @Override
  public void close() {
    runner.close();
    pictures.close();
  }
}
