package dev.weir.observe.http;

import dev.weir.base.Secrets;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Fetches texts over HTTP, each within a time and a size; errors are one line.
public final class HttpText {
  /// More than ten minutes of a thousand containers.
  private static final long BODY_BYTES_MAX = 256L << 20;

  private static final int SHOWN_MAX = 200;

  private final HttpClient http;
  private final Duration timeout;
  private final long bodyBytesMax;

  private HttpText(HttpClient http, Duration timeout, long bodyBytesMax) {
    this.http = http;
    this.timeout = timeout;
    this.bodyBytesMax = bodyBytesMax;
  }

  /// Fetches over plain TCP, or with TLS if the address begins with https.
  ///
  /// @param timeout from the request to the last byte of its response
  public static HttpText of(Optional<TlsIdentity> identity, Duration timeout) {
    return of(identity, timeout, BODY_BYTES_MAX);
  }

  /// The same with another bound of a text's size, in bytes.
  public static HttpText of(Optional<TlsIdentity> identity, Duration timeout, long bodyBytesMax) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            // Includes the TLS handshake, which takes a new process more than a second.
            .connectTimeout(timeout);
    identity.ifPresent(tls ->
        builder
            .sslContext(tls.client())
            .sslParameters(new SSLParameters(null, TlsIdentity.PROTOCOLS.toArray(String[]::new))));
    return new HttpText(builder.build(), timeout, bodyBytesMax);
  }

  /// The text at an address.
  ///
  /// @throws IOException if it cannot be fetched, with the reason in one line
  public String get(URI uri) throws IOException {
    return send(HttpRequest.newBuilder(uri).GET());
  }

  /// The date of the response from an address, of any status; empty if it has none.
  ///
  /// @throws IOException if there is no response, with the reason in one line
  public Optional<Instant> date(URI uri) throws IOException {
    return exchange(HttpRequest.newBuilder(uri).GET())
        .headers()
        .firstValue("Date")
        .flatMap(HttpText::instant);
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// The response to a JSON document.
  ///
  /// @throws IOException if it cannot be fetched, with the reason in one line
  public String post(URI uri, String json) throws IOException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private String send(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> response = exchange(request);
    if (response.statusCode() != 200) {
      throw new Refused(
          response.statusCode(),
          "%s: responded %d %s"
              .formatted(
                  Secrets.address(response.uri().getAuthority()),
                  response.statusCode(),
                  firstLine(response.body()))
              .strip());
    }
    return response.body();
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
    HttpRequest built = request.timeout(timeout).build();
    String authority = Secrets.address(built.uri().getAuthority());
    // The request's own time-out covers only the head of the response; this one covers all of it.
    var pending =
        http.sendAsync(built, BodyHandlers.limiting(BodyHandlers.ofString(), bodyBytesMax));
    try {
      return pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(authority + ": interrupted", e);
    } catch (TimeoutException e) {
      throw new IOException("%s: %s".formatted(authority, late()), e);
    } catch (ExecutionException e) {
      IOException why = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      throw new IOException("%s: %s".formatted(authority, reason(why)), why);
    } finally {
      pending.cancel(true);
    }
  }

  private String late() {
    return "no response within " + timeout.toMillis() + " ms";
  }

  private String reason(IOException e) {
    return switch (e) {
      case HttpTimeoutException _ -> late();
      case ConnectException _ -> "cannot connect";
      case SSLException _ -> "TLS: " + e.getMessage();
      default -> Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    };
  }

  private static String firstLine(String body) {
    String line = body.lines().findFirst().orElse("").strip();
    return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) + "..." : line;
  }

  /// A response with a status other than 200.
  public static final class Refused extends IOException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    /// The HTTP status.
    public int status() {
      return status;
    }
  }
}
