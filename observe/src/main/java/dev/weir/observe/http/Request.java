package dev.weir.observe.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of a request, read strictly: it refuses anything that two servers might read
/// differently. A body is never read.
///
/// @param method such as GET
/// @param target the path and, after a question mark, the query, as they came
/// @param isHttp11 whether chunks are understood and the connection stays by default
/// @param fields the header fields by their names in lower case
public record Request(String method, String target, boolean isHttp11, Map<String, String> fields) {
  static final int HEAD_BYTES_MAX = 8 << 10;
  private static final int FIELDS_MAX = 64;
  private static final Pattern LINE =
      Pattern.compile("([A-Z]{1,16}) (/[!-~]{0,4095}) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\u0080-\u00ff]*)");
  private static final Set<String> ONCE =
      Set.of("host", "content-length", "transfer-encoding", "upgrade");

  public Request {
    fields = Map.copyOf(fields);
  }

  /// The requested host, with its port; "" if there is none.
  public String host() {
    return fields.getOrDefault("host", "");
  }

  /// Whether a body follows, or its framing is malformed.
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
    return isHttp11 && !hasBody() && !connection.contains("close");
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
    return new Request(line.group(1), line.group(2), isHttp11, fields);
  }

  /// A head that gets only an error status.
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
