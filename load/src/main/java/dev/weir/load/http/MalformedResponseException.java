package dev.weir.load.http;

import java.io.IOException;
import java.io.Serial;

/// Bytes from a server that are not an HTTP/1 response.
public final class MalformedResponseException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  MalformedResponseException(String message) {
    super(message);
  }
}
