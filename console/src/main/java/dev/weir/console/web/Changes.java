package dev.weir.console.web;

import dev.weir.console.action.ActionException;
import dev.weir.console.action.ConsoleActions;
import dev.weir.console.action.Who;
import dev.weir.console.web.ActionRunner.Work;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes of services that viewers ask for, checked before they are done.
final class Changes {
  private static final Pattern PATH =
      Pattern.compile(
          "/api/services/([A-Za-z0-9][A-Za-z0-9._:-]{0,127})/(scale|roll|pause|resume)");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int REPLICAS_MAX = 10_000;
  private static final int REASON_MAX = 200;

  private final ConsoleActions actions;
  private final boolean allowed;

  Changes(ConsoleActions actions, boolean allowed) {
    this.actions = actions;
    this.allowed = allowed;
  }

  boolean areAllowed() {
    return allowed && actions.writable();
  }

  /// What is to be done.
  ///
  /// @throws ActionException if it is not known, not allowed or malformed
  Work prepare(Request request, Session session) throws ActionException {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new ActionException(404, "there is nothing to change here");
    }
    if (!request.method().equals("POST")) {
      throw new ActionException(405, "only POST is possible here");
    }
    if (!areAllowed()) {
      throw new ActionException(403, "changes are off: start with --console-write to allow them");
    }
    if (!Sessions.equal(session.csrf(), request.header("X-Weir-CSRF"))) {
      throw new ActionException(403, "X-Weir-CSRF: not that of /api/session");
    }
    return work(path.group(1), path.group(2), request, session);
  }

  private Work work(String service, String verb, Request request, Session session)
      throws ActionException {
    var who = new Who(session.name(), request.peer());
    JsonNode body = body(request.body());
    return switch (verb) {
      case "scale" -> {
        int replicas = replicas(body);
        yield () -> Reply.json(actions.scale(service, replicas, who));
      }
      case "pause" -> {
        String reason = reason(body);
        yield () -> Reply.json(actions.pause(service, reason, who));
      }
      case "roll" -> () -> Reply.json(actions.roll(service, who));
      default -> () -> Reply.json(actions.resume(service, who));
    };
  }

  private static JsonNode body(String text) throws ActionException {
    try {
      return JSON.readTree(text.isBlank() ? "{}" : text);
    } catch (JacksonException _) {
      throw new ActionException(400, "the body is not JSON");
    }
  }

  private static int replicas(JsonNode body) throws ActionException {
    JsonNode value = body.path("replicas");
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 0
        || value.intValue() > REPLICAS_MAX) {
      throw new ActionException(400, "replicas: " + value + " (expected: 0 to 10000)");
    }
    return value.intValue();
  }

  private static String reason(JsonNode body) throws ActionException {
    JsonNode value = body.path("reason");
    String text = value.isString() ? value.stringValue().strip() : "";
    if (text.length() > REASON_MAX || text.chars().anyMatch(Character::isISOControl)) {
      throw new ActionException(400, "reason: too long (expected: one line, 200 characters)");
    }
    return text;
  }
}
