package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// A response that the proxy itself makes: a status and one line with the reason, or a page.
///
/// @param status 4xx or 5xx
/// @param text the line, without its end
/// @param retrySeconds the value of Retry-After, or 0 for no such field
/// @param html a page in place of the line, for browsers; empty for none
public record LocalResponse(int status, String text, int retrySeconds, String html) {
  private static final String PLAIN_FIELDS = "Content-Type: text/plain; charset=utf-8\r\n";
  private static final String PAGE_FIELDS =
      """
      Content-Type: text/html; charset=utf-8\r
      Cache-Control: no-store\r
      Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r
      """;

  /// A response without a page.
  public LocalResponse(int status, String text, int retrySeconds) {
    this(status, text, retrySeconds, "");
  }

  public static LocalResponse of(int status, String text) {
    return new LocalResponse(status, text, 0);
  }

  /// The response to a request without a service.
  public static final LocalResponse UNROUTED = of(404, "no service for this host and path");

  /// The same while no service is known at all, which may be temporary.
  public static final LocalResponse NO_SERVICE =
      new LocalResponse(503, "no service is known yet", 1);

  /// The client neither read nor sent for too long.
  public static final LocalResponse SLOW_CLIENT = of(408, "the client was too slow");

  /// The replica neither sent nor read for too long.
  public static final LocalResponse SLOW_REPLICA = of(504, "the replica was too slow");

  /// The response to a head that takes too long.
  public static final LocalResponse SLOW_HEAD =
      of(408, "the request's head was not complete in time");

  /// The response to a request whose replica broke HTTP's rules.
  public static final LocalResponse BROKEN_REPLICA = of(502, "the replica's response is malformed");

  /// The response to a request that took longer than its service allows.
  public static final LocalResponse OVER_TIME =
      of(504, "the request took longer than its time-out");

  /// The response to a request that found every connection refused until its deadline.
  public static final LocalResponse UNREACHABLE =
      new LocalResponse(503, "no replica could be reached", 1);

  /// The response to a request for which memory is short, which may be temporary.
  public static final LocalResponse NO_MEMORY =
      new LocalResponse(503, "memory for requests is short", 1);

  /// The response's bytes.
  ///
  /// @param headOnly whether to leave the body out, as for HEAD
  /// @param close whether the connection closes
  public ByteBuf write(ByteBufAllocator allocator, boolean headOnly, boolean close) {
    String line = status + " " + phrase(status) + ": " + text + "\n";
    String body = html.isEmpty() ? line : html;
    String head =
        """
        HTTP/1.1 %d %s\r
        %sContent-Length: %d\r
        %s%s\r
        """
            .formatted(
                status,
                phrase(status),
                html.isEmpty() ? PLAIN_FIELDS : PAGE_FIELDS,
                body.getBytes(StandardCharsets.UTF_8).length,
                retrySeconds > 0 ? "Retry-After: " + retrySeconds + "\r\n" : "",
                close ? "Connection: close\r\n" : "");
    byte[] bytes = (headOnly ? head : head + body).getBytes(StandardCharsets.UTF_8);
    return allocator.ioBuffer(bytes.length).writeBytes(bytes);
  }

  public static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 414 -> "URI Too Long";
      case 421 -> "Misdirected Request";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
