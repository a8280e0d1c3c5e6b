package dev.weir.cli.load;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Schedule;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.load.http.RequestTemplate;
import dev.weir.load.http.Target;
import dev.weir.load.http.TlsSettings;
import dev.weir.load.send.LoadSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is requested from which server, and over which connections.
@HelpSection("Request")
public final class HttpOptions {
  /// One byte more than a body may have, so that an endless device is refused too.
  private static final int BODY_BYTES_READ_MAX = RequestTemplate.BODY_BYTES_MAX + 1;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the requests go, such as http://localhost:8080/primecheck.")
  private @Nullable String url;

  @Option(
      names = {"--method", "-X"},
      paramLabel = "METHOD",
      description = "Request method. Default: GET, or POST beside --body.")
  private @Nullable String method;

  @Option(
      names = {"--header", "-H"},
      paramLabel = "LINE",
      description = "Header of every request, such as 'Accept: text/html'. Repeatable.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--body",
      paramLabel = "TEXT|@FILE",
      description = "Body of every request: the text itself, or the content of a file.")
  private @Nullable String body;

  @Option(
      names = RepeatCommandLine.KEEP,
      description =
          "Keep and print the values of headers and of the query, user information and body."
              + " Default: *** replaces them in the run, its page, the database and the terminal.")
  private boolean keepValues;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long a response may take, from the send. Default: 30s.")
  private Duration timeout = LoadSettings.TIMEOUT_DEFAULT;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "How many connections may be open at once. A request that finds none free waits, and the"
              + " certificate shows it. Default: 4096.")
  private int connections = LoadSettings.CONNECTIONS_DEFAULT;

  @Option(
      names = "--no-keep-alive",
      description = "Open a new connection for every request, ahead of time.")
  private boolean noKeepAlive;

  @Option(names = "--insecure", description = "Accept any certificate of an HTTPS server.")
  private boolean insecure;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "PEM certificates of the CAs to trust, in place of Java's own.")
  private @Nullable Path caFile;

  @Option(
      names = "--replica-header",
      paramLabel = "NAME",
      description =
          "Response header that names the replica. Default: X-Served-By; without it, X-Replica"
              + " is read.")
  private String replicaHeader = LoadSettings.REPLICA_HEADER_DEFAULT;

  /// The settings of a run that sends by `schedule`.
  public LoadSettings settings(Schedule schedule) {
    return new LoadSettings(
        target(),
        request(),
        schedule,
        timeout,
        connections,
        !noKeepAlive,
        new TlsSettings(insecure, Optional.ofNullable(caFile)),
        replicaHeader);
  }

  /// Notes all problems of the request and its connections.
  public void check(Problems problems) {
    problems.check(url != null, "--url", "none", "where to send, such as http://localhost:8080/");
    boolean targeted = url != null && OptionParsing.of(problems, this::target).isPresent();
    problems.check(
        caFile == null || Files.isReadable(caFile),
        "--cacert",
        String.valueOf(caFile),
        "a readable file of PEM certificates");
    boolean worded = OptionParsing.of(problems, this::request).isPresent();
    // A schedule of a single request finds the remaining problems.
    if (targeted && worded) {
      OptionParsing.of(problems, () -> settings(Schedule.ofCount(new Constant(1), 1, 0)));
    }
  }

  /// The server asked for.
  Target target() {
    return Target.parse(url == null ? "" : url);
  }

  /// Whether the user gave a URL.
  public boolean isAimed() {
    return url != null;
  }

  /// Sets a URL that was looked up, with a `Host` header unless `host` is "".
  public void aim(String found, String host) {
    url = found;
    boolean given =
        headers.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"));
    if (!host.isEmpty() && !given) {
      headers.add("Host: " + host);
    }
  }

  /// Such as `GET http://localhost:8080/`, without secrets unless they are to be kept.
  public String describe() {
    return methodName() + " " + shownUrl();
  }

  /// The URL, likewise.
  String shownUrl() {
    return keepValues ? target().url() : target().shown();
  }

  private RequestTemplate request() {
    List<RequestTemplate.Header> lines =
        headers.stream().map(RequestTemplate.Header::parse).toList();
    return RequestTemplate.of(methodName(), lines, bodyBytes());
  }

  private String methodName() {
    return method != null ? method : body != null ? "POST" : "GET";
  }

  private byte[] bodyBytes() {
    if (body == null || !body.startsWith("@")) {
      return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }
    String file = body.substring(1);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(BODY_BYTES_READ_MAX);
    } catch (IOException | InvalidPathException e) {
      throw new UserError("--body: @%s (expected: a readable file; %s)".formatted(file, e), e);
    }
  }

  /// How long a response may take.
  Duration timeout() {
    return timeout;
  }
}
