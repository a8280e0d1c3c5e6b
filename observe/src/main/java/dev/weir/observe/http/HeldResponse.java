package dev.weir.observe.http;

import java.util.Map;

/// A response that is complete in memory.
///
/// @param status 200, or an error
/// @param contentType its media type
/// @param fields further header fields
/// @param text its content, without the end of its last line
public record HeldResponse(int status, String contentType, Map<String, String> fields, String text)
    implements Response {
  static final String JSON = "application/json";

  public HeldResponse {
    fields = Map.copyOf(fields);
  }

  /// A JSON document.
  public HeldResponse(int status, String document) {
    this(status, JSON, status == 405 ? Map.of("Allow", "GET") : Map.of(), document);
  }

  /// An error with its reason, which needs no escaping.
  static HeldResponse error(int status, String why) {
    return new HeldResponse(status, "{\"error\":\"" + why + "\"}");
  }
}
