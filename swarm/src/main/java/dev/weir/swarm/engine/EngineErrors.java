package dev.weir.swarm.engine;

import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/// Turns failures into messages that say what to do next.
final class EngineErrors {
  private static final int WORDS_MAX = 600;

  private EngineErrors() {}

  /// A response without success.
  static EngineException refused(EngineAddress at, String request, int status, byte[] body) {
    String said = said(body);
    Reason reason = reason(status, said);
    String message =
        switch (reason) {
          case NO_SWARM ->
              "%s is in no swarm (start one: weir swarm init; or join one: weir swarm join HOST:2377)"
                  .formatted(at);
          case NOT_A_MANAGER ->
              ("%s is a worker, and only managers know the swarm (give a manager by --host or"
                      + " DOCKER_HOST; 'docker node ls' there lists them)")
                  .formatted(at);
          case NO_LEADER ->
              "%s: the swarm has no leader: more than half of its managers must be up (%s)"
                  .formatted(at, said);
          case VERSION ->
              "%s: this Engine is newer than Weir, which speaks API version %s (%s; use a newer Weir)"
                  .formatted(at, ApiVersion.OURS, said);
          case NOT_AN_ENGINE ->
              "%s: what listens there is no Docker Engine (it responded %d %s; see DOCKER_HOST)"
                  .formatted(at, status, said);
          default -> "%s (engine %s, %s, status %d)".formatted(said, at, request, status);
        };
    return new EngineException(reason, status, said, message);
  }

  private static Reason reason(int status, String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("out of sequence")) {
      return Reason.OUT_OF_SEQUENCE;
    }
    if (lower.contains("not a swarm manager") || lower.contains("not part of a swarm")) {
      return lower.contains("worker nodes") ? Reason.NOT_A_MANAGER : Reason.NO_SWARM;
    }
    if (lower.contains("no leader") || lower.contains("not have a leader")) {
      return Reason.NO_LEADER;
    }
    if (lower.contains("client version") && lower.contains("too old")) {
      return Reason.VERSION;
    }
    return switch (status) {
      case 404 -> Reason.NOT_FOUND;
      case 409 -> Reason.CONFLICT;
      default ->
          status >= 500 ? Reason.FAILED : status >= 400 ? Reason.REFUSED : Reason.NOT_AN_ENGINE;
    };
  }

  /// The `message` of the body, or its first line.
  static String said(byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
    try {
      JsonNode message = EngineJson.parse(body).path("message");
      text = message.isString() ? message.asString() : text;
    } catch (JacksonException _) {
      // Not JSON: use the text itself.
    }
    String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
    return line.isEmpty()
        ? "no reason given"
        : line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "…" : line;
  }

  /// A response to a ping without a version.
  static EngineException nameless(EngineAddress at) {
    return new EngineException(
        Reason.NOT_AN_ENGINE,
        200,
        "no Api-Version",
        "%s: what listens there is no Docker Engine (see DOCKER_HOST or --host)".formatted(at));
  }

  /// A request that was cut because its time was over.
  static EngineException late(EngineAddress at, String request, Duration time, Exception e) {
    return new EngineException(
        Reason.TIMEOUT,
        "%s: no whole response to %s within %d s".formatted(at, request, time.toSeconds()),
        e);
  }

  private static EngineException tooLarge(EngineAddress at, String request, Exception e) {
    String what =
        e instanceof StreamConstraintsException
            ? "too deep, of too many values, or of too long a text"
            : ErrorText.first(e);
    return new EngineException(
        Reason.TOO_LARGE,
        "%s: the response to %s is too large: %s (an Engine's? then raise -Xmx in WEIR_JAVA_OPTS)"
            .formatted(at, request, what),
        e);
  }

  /// A request without a usable response.
  static EngineException noResponse(EngineAddress at, String request, Exception failure) {
    Exception e =
        failure instanceof JacksonIOException && failure.getCause() instanceof IOException inner
            ? inner
            : failure;
    if (e instanceof BoundedStream.TooLargeException || e instanceof StreamConstraintsException) {
      return tooLarge(at, request, e);
    }
    if (e instanceof SSLException || refusedUs(at, request, e)) {
      return tls(at, e);
    }
    if (e instanceof SocketTimeoutException) {
      return new EngineException(
          Reason.TIMEOUT,
          "%s: no response to %s in time (%s)".formatted(at, request, ErrorText.first(e)),
          e);
    }
    if (e instanceof NoHttpResponseException
        && at instanceof EngineAddress.Tcp(_, _, var files)
        && files.isEmpty()) {
      return new EngineException(
          Reason.BROKEN,
          "%s closed the connection without a response (is it a port with TLS? then set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH)"
              .formatted(at),
          e);
    }
    if (e instanceof HttpException
        || e instanceof JacksonException
        || e instanceof UncheckedIOException) {
      return new EngineException(
          Reason.NOT_AN_ENGINE,
          "%s: what listens there is no Docker Engine (%s: %s; see DOCKER_HOST)"
              .formatted(at, request, ErrorText.first(e)),
          e);
    }
    return new EngineException(
        Reason.BROKEN,
        "%s: the connection broke during %s (%s)".formatted(at, request, ErrorText.first(e)),
        e);
  }

  /// With TLS 1.3 a client sends its first request before the server refuses its certificate, or
  /// the lack of one. If the reset arrives before the alert, the client sees only the reset.
  private static boolean refusedUs(EngineAddress at, String request, Exception e) {
    return at instanceof EngineAddress.Tcp(_, _, var files)
        && files.isPresent()
        && request.endsWith(" /_ping")
        && (e instanceof SocketException || e instanceof NoHttpResponseException);
  }

  static EngineException tls(EngineAddress at, Exception e) {
    return new EngineException(
        Reason.TLS,
        "%s: TLS failed: %s (look at ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH, and at the port: 2376 is usual with TLS)"
            .formatted(at, ErrorText.first(e)),
        e);
  }

  /// A connection that could not be opened.
  static EngineException unconnected(EngineAddress at, IOException e) {
    return switch (at) {
      case EngineAddress.Unix unix -> unconnected(unix, e);
      case EngineAddress.Tcp tcp -> unconnected(tcp, e);
      case EngineAddress.Ssh _ ->
          new EngineException(
              Reason.UNREACHABLE,
              "%s: the connection broke (%s; try again)".formatted(at, ErrorText.first(e)),
              e);
    };
  }

  /// Several Engines of which none responds.
  static EngineException none(List<EngineException> failures) {
    EngineException first = failures.getFirst();
    return failures.size() == 1
        ? first
        : new EngineException(
            first.reason(),
            failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")),
            first);
  }

  /// A machine that could not be reached over SSH.
  static EngineException unconnected(SshException e) {
    Reason reason =
        switch (e.kind()) {
          case DENIED, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED -> Reason.FORBIDDEN;
          case UNREACHABLE, REFUSED, TIMEOUT, LOST, NO_CLIENT -> Reason.UNREACHABLE;
        };
    return new EngineException(reason, "ssh://" + e.getMessage(), e);
  }

  private static EngineException unconnected(EngineAddress.Unix at, IOException e) {
    String words = ErrorText.first(e);
    if (words.toLowerCase(Locale.ROOT).contains("permission denied")) {
      return new EngineException(
          Reason.FORBIDDEN,
          "%s: permission denied (join the group: sudo usermod -aG docker $USER, and log in again; or run with sudo)"
              .formatted(at),
          e);
    }
    String what = Files.exists(at.socket()) ? "nothing listens on it" : "there is no such socket";
    return new EngineException(
        Reason.UNREACHABLE,
        "%s: %s (start Docker: sudo systemctl start docker; or set DOCKER_HOST or --host)"
            .formatted(at, what),
        e);
  }

  private static EngineException unconnected(EngineAddress.Tcp at, IOException e) {
    String why =
        switch (e) {
          case UnknownHostException _ -> "no such host";
          case ConnectException _ -> "nothing listens there";
          case SocketTimeoutException _ -> "it does not respond";
          case NoRouteToHostException _ -> "there is no way there";
          default -> ErrorText.first(e);
        };
    return new EngineException(
        Reason.UNREACHABLE, "%s: %s (see DOCKER_HOST or --host)".formatted(at, why), e);
  }
}
