package dev.weir.observe.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/// A response that is forwarded as it comes and never held whole. Its status is 200.
///
/// @param contentType its media type
/// @param endless whether it has no fixed end, like events
/// @param body its content, closed at the end
public record StreamedResponse(String contentType, boolean endless, Body body) implements Response {
  /// The source of a response.
  public interface Body extends Closeable {
    /// Writes all of it, and flushes what should arrive at once.
    ///
    /// @throws IOException if either side breaks, or this is closed meanwhile
    void writeTo(OutputStream out) throws IOException;
  }
}
