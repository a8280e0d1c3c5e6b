package dev.weir.testing.aws;

/// A response of the API.
public record Reply(int status, String type, String body) {
  /// An error in the form of EC2.
  static Reply error(int status, String code) {
    return new Reply(
        status,
        "text/xml",
        "<Response><Errors>%s</Errors><RequestID>1</RequestID></Response>".formatted(xml(code)));
  }

  /// An error in the form of the service that the call is for.
  static Reply error(AwsCall call, int status, String code) {
    return switch (call.action()) {
      case "GetParameter" ->
          new Reply(status, "application/x-amz-json-1.1", "{\"__type\":\"%s\"}".formatted(code));
      case "GetCallerIdentity" ->
          new Reply(status, "text/xml", "<ErrorResponse>%s</ErrorResponse>".formatted(xml(code)));
      default -> error(status, code);
    };
  }

  private static String xml(String code) {
    return "<Error><Code>%s</Code><Message>made by the test</Message></Error>".formatted(code);
  }

  boolean succeeded() {
    return status < 300;
  }

  Reply withBody(String other) {
    return new Reply(status, type, other);
  }
}
