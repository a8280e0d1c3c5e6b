package dev.weir.console.web;

import dev.weir.base.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A whole response, before the fields that all have in common.
final class Reply {
  final int status;
  final String type;
  final byte[] body;
  final List<Map.Entry<String, String>> headers = new ArrayList<>();

  Reply(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  static Reply json(String text) {
    return new Reply(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply html(int status, String text) {
    return new Reply(status, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// A refusal in one line.
  static Reply error(int status, String line) {
    String text = JsonText.of(Map.of("error", line));
    return new Reply(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends the browser to another page.
  static Reply redirect(String path) {
    return new Reply(303, "text/plain; charset=utf-8", new byte[0]).with("Location", path);
  }

  Reply with(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }
}
