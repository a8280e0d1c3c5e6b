package dev.weir.load.http;

import dev.weir.base.Checks;
import dev.weir.base.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The request that a run repeats: method, headers and body, encoded once.
public final class RequestTemplate {
  /// How many bytes a body may have.
  public static final int BODY_BYTES_MAX = 64 << 20;

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// The sender frames messages itself; other framing headers would break the connection.
  private static final Set<String> OWNED =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "expect", "te");

  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");
  private static final Set<String> EXPECTS_BODY = Set.of("POST", "PUT", "PATCH");

  /// One header line.
  ///
  /// @param name without the colon
  /// @param value without surrounding blanks
  public record Header(String name, String value) {
    /// Reads `Name: value`.
    ///
    /// @throws IllegalArgumentException naming `--header` if it is not one legal line
    public static Header parse(String line) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      boolean legal = colon > 0 && TOKEN.matcher(name).matches() && printable(value);
      String shown = Secrets.header(line);
      Checks.check(legal, "--header", shown, "'Name: value' on one line");
      boolean owned = OWNED.contains(name.toLowerCase(Locale.ROOT));
      Checks.check(!owned, "--header", shown, "a header that the sender does not set itself");
      return new Header(name, value);
    }

    /// The name only: the value may be a secret.
    @Override
    public String toString() {
      return name + ": " + Secrets.HIDDEN;
    }

    private static boolean printable(String value) {
      return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
    }
  }

  private final String method;
  private final List<Header> headers;
  private final byte[] body;

  private RequestTemplate(String method, List<Header> headers, byte[] body) {
    this.method = method;
    this.headers = List.copyOf(headers);
    this.body = body.clone();
  }

  /// A plain GET.
  public static RequestTemplate get() {
    return of("GET", List.of(), new byte[0]);
  }

  /// A request with `method`, headers and a body, which may be empty.
  ///
  /// @throws IllegalArgumentException naming the option that is wrong
  public static RequestTemplate of(String method, List<Header> headers, byte[] body) {
    boolean token = TOKEN.matcher(method).matches();
    Checks.check(
        token && !method.equalsIgnoreCase("CONNECT"), "--method", method, "GET, POST, ...");
    Checks.check(
        body.length <= BODY_BYTES_MAX, "--body", body.length + " bytes", "<= " + BODY_BYTES_MAX);
    return new RequestTemplate(method, headers, body);
  }

  /// Whether sending it twice has the same effect as sending it once (RFC 9110, 9.2.2).
  public boolean idempotent() {
    return IDEMPOTENT.contains(method);
  }

  /// Whether its response has no body, even if headers announce one.
  public boolean head() {
    return method.equals("HEAD");
  }

  /// The whole message, head and body.
  public byte[] encode(Target target, boolean keepAlive) {
    List<Header> lines = new ArrayList<>(headers);
    addDefault(lines, "User-Agent", "weir");
    addDefault(lines, "Accept", "*/*");
    target.authorization().ifPresent(value -> addDefault(lines, "Authorization", value));
    if (body.length > 0 || EXPECTS_BODY.contains(method)) {
      lines.add(new Header("Content-Length", Integer.toString(body.length)));
    }
    if (!keepAlive) {
      lines.add(new Header("Connection", "close"));
    }
    var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target.path()));
    if (lines.stream().noneMatch(line -> line.name().equalsIgnoreCase("Host"))) {
      head.append("Host: ").append(target.hostHeader()).append("\r\n");
    }
    lines.forEach(l -> head.append(l.name()).append(": ").append(l.value()).append("\r\n"));
    var message = new ByteArrayOutputStream();
    message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    message.writeBytes(body);
    return message.toByteArray();
  }

  private static void addDefault(List<Header> lines, String name, String value) {
    if (lines.stream().noneMatch(line -> line.name().equalsIgnoreCase(name))) {
      lines.add(new Header(name, value));
    }
  }
}
