package dev.weir.cluster.ec2;

/// A response of the API.
record Reply(int status, String type, String body) {
  static Reply error(int status, String code) {
    return new Reply(
        status,
        "text/xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Response><Errors><Error><Code>%s</Code><Message>made by the test</Message></Error></Errors>\
        <RequestID>1</RequestID></Response>\
        """
            .formatted(code));
  }

  boolean succeeded() {
    return status < 300;
  }

  Reply withBody(String other) {
    return new Reply(status, type, other);
  }
}
