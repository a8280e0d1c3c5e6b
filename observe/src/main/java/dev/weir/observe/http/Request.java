package dev.weir.observe.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request, read strictly: it refuses anything that two servers might read differently. Its body
/// is read only where the server expects one.
///
/// @param method such as GET
/// @param target the path and, after a question mark, the query, as they came
/// @param isHttp11 whether chunks are understood and the connection stays by default
/// @param fields the header fields by their names in lower case
/// @param body its body, if it was read
public record Request(
    String method,
    String target,
    boolean isHttp11,
    Map<String, String> fields,
    Optional<String> body) {
  static final int HEAD_BYTES_MAX = 8 << 10;
  private static final int FIELDS_MAX = 64;
  private static final Pattern LINE =
      Pattern.compile("([A-Z]{1,16}) (/[!-~]{0,4095}) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\u0080-\u00ff]*)");
  private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Set<String> ONCE =
      Set.of("host", "content-length", "transfer-encoding", "upgrade");

  public Request {
    fields = Map.copyOf(fields);
  }

  /// The requested host, with its port; "" if there is none.
  public String host() {
    return fields.getOrDefault("host", "");
  }

  /// Whether its head announces a body, or the framing is malformed.
  public boolean hasBody() {
    return fields.containsKey("transfer-encoding")
        || !fields.getOrDefault("content-length", "0").equals("0");
  }

  /// Whether the client wants to leave HTTP on this connection, or waits for a 100.
  public boolean wantsMore() {
    return fields.containsKey("upgrade") || fields.containsKey("expect");
  }

  /// Whether another request may follow on this connection.
  boolean stays() {
    String connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    boolean isWhole = !hasBody() || body.isPresent();
    return isHttp11 && isWhole && !connection.contains("close");
  }

  /// Reads the next head; empty if the client hung up.
  ///
  /// @throws Refused if it is malformed or too large
  static Optional<Request> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream(512);
    int ending = 0;
    while (ending < 4) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (head.size() >= HEAD_BYTES_MAX) {
        throw new Refused(431, "a head here has at most 8 KiB");
      }
      head.write(next);
      boolean expected = next == (ending % 2 == 0 ? '\r' : '\n');
      ending = expected ? ending + 1 : next == '\r' ? 1 : 0;
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    return Optional.of(parse(List.of(text.substring(0, text.length() - 4).split("\r\n", -1))));
  }

  /// The same request with its body, which must be UTF-8 text of a plain length.
  ///
  /// @throws Refused if it is framed in another way, or longer than `bytesMax`
  Request withBody(InputStream in, int bytesMax) throws IOException {
    String length = fields.getOrDefault("content-length", "");
    boolean isPlain = isHttp11 && !wantsMore() && !fields.containsKey("transfer-encoding");
    if (!isPlain || !LENGTH.matcher(length).matches()) {
      throw new Refused(
          411, "a body here needs a Content-Length, and no Transfer-Encoding, Expect or Upgrade");
    }
    int bytes = Integer.parseInt(length);
    if (bytes > bytesMax) {
      throw new Refused(413, "a body here has at most %d bytes".formatted(bytesMax));
    }
    return new Request(
        method, target, isHttp11, fields, Optional.of(text(in.readNBytes(bytes), bytes)));
  }

  private static String text(byte[] read, int bytes) throws IOException {
    if (read.length < bytes) {
      throw new EOFException("the client left within its body");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(400, "a body here is UTF-8 text");
    }
  }

  private static Request parse(List<String> lines) throws Refused {
    Matcher line = LINE.matcher(lines.getFirst());
    if (!line.matches()) {
      throw new Refused(400, "no HTTP/1.1 request");
    }
    if (lines.size() > FIELDS_MAX) {
      throw new Refused(431, "a head here has fewer than %d fields".formatted(FIELDS_MAX));
    }
    var fields = new LinkedHashMap<String, String>();
    for (String one : lines.subList(1, lines.size())) {
      Matcher field = FIELD.matcher(one);
      if (!field.matches()) {
        throw new Refused(400, "a malformed header field");
      }
      String name = field.group(1).toLowerCase(Locale.ROOT);
      if (fields.merge(name, field.group(2).strip(), (a, b) -> a + ", " + b).contains(", ")
          && ONCE.contains(name)) {
        throw new Refused(400, "a header field given twice");
      }
    }
    boolean isHttp11 = line.group(3).equals("1");
    if (isHttp11 && !fields.containsKey("host")) {
      throw new Refused(400, "no Host");
    }
    return new Request(line.group(1), line.group(2), isHttp11, fields, Optional.empty());
  }

  /// A request that gets only an error status.
  static final class Refused extends IOException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String why) {
      super(why);
      this.status = status;
    }

    HeldResponse page() {
      return HeldResponse.error(status, String.valueOf(getMessage()));
    }
  }
}
