package dev.weir.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// An origin that reads requests as sloppily as some that are in use, keeps its connections, and
/// responds to each request with its target. It knows which requests a proxy wrote: those have one
/// X-Forwarded-For.
final class TemperedOrigin {
  /// What a proxy did not write, and what was read into a body that a proxy did write.
  private final ConcurrentLinkedQueue<String> fooled = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final Temper temper;

  TemperedOrigin(Temper temper) {
    this.temper = temper;
  }

  /// The requests that it was fooled into, so far.
  List<String> fooled() {
    return List.copyOf(fooled);
  }

  /// What it did not understand, so far.
  List<String> refused() {
    return List.copyOf(refused);
  }

  /// Serves one connection.
  void serve(Wire wire) throws IOException {
    while (true) {
      String request = line(wire);
      while (request != null && request.isEmpty()) {
        request = line(wire);
      }
      if (request == null) {
        return;
      }
      String[] parts = request.split(" ", -1);
      if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
        refused.add(request);
        wire.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      Fields fields = new Fields(temper);
      for (String line = line(wire); line != null && !line.isEmpty(); line = line(wire)) {
        fields.add(line);
      }
      String body = body(wire, fields);
      boolean forged = fields.forwarded != 1;
      if (forged || body.toLowerCase(Locale.ROOT).contains("x-forwarded-for:")) {
        fooled.add("%s %s".formatted(request, forged ? "was not sent" : "swallowed another"));
      }
      wire.send(FakeReplica.ok((forged ? "FORGED " : "") + parts[1]));
    }
  }

  private String body(Wire wire, Fields fields) throws IOException {
    boolean chunked = fields.chunked && !(temper == Temper.LENGTH_FIRST && fields.length >= 0);
    if (chunked) {
      return chunks(wire);
    }
    int length = Math.clamp(fields.length, 0, 100_000);
    return new String(wire.exactly(length), StandardCharsets.ISO_8859_1);
  }

  private String chunks(Wire wire) throws IOException {
    var body = new StringBuilder();
    while (true) {
      String line = line(wire);
      long size = size(line == null ? "" : line.replaceFirst(";.*", ""));
      if (line == null || size < 0 || size > 100_000) {
        refused.add("chunk " + line);
        throw new IOException("no chunk: " + line);
      }
      if (size == 0) {
        break;
      }
      body.append(new String(wire.exactly((int) size), StandardCharsets.ISO_8859_1));
      String _ = line(wire);
    }
    for (String line = line(wire); line != null && !line.isEmpty(); line = line(wire)) {
      body.append(line).append('\n');
    }
    return body.toString();
  }

  /// A chunk's size, or -1.
  private long size(String text) {
    return switch (temper) {
      case LOOSE_CHUNKS -> {
        String digits =
            text.strip().replaceFirst("^[+-]?(0x)?", "").replaceFirst("[^0-9a-fA-F].*", "");
        yield digits.isEmpty() ? 0 : (int) Long.parseUnsignedLong(tail(digits, 16), 16);
      }
      case SHORT_CHUNKS -> {
        String digits = text.strip().replaceFirst("[^0-9a-fA-F].*", "");
        String room = digits.substring(0, Math.min(8, digits.length()));
        yield room.isEmpty() ? 0 : Long.parseLong(room, 16);
      }
      case STRICT,
          OCTAL,
          BARE_LF,
          BARE_CR,
          FIRST_LENGTH,
          LAST_LENGTH,
          LENGTH_FIRST,
          LOOSE_NUMBERS,
          LOOSE_CODING,
          CGI,
          FOLDS ->
          text.matches("[0-9a-fA-F]{1,15}") ? Long.parseLong(text, 16) : -1;
    };
  }

  private static String tail(String digits, int count) {
    return digits.substring(Math.max(0, digits.length() - count));
  }

  /// The next line without its end, as this origin sees lines; null at the end.
  private @Nullable String line(Wire wire) throws IOException {
    var line = new StringBuilder();
    for (int b = wire.in().read(); b >= 0; b = wire.in().read()) {
      boolean crlf = b == '\n' && line.length() > 0 && line.charAt(line.length() - 1) == '\r';
      if (crlf) {
        return line.substring(0, line.length() - 1);
      }
      boolean loose = temper == Temper.BARE_LF || temper == Temper.LOOSE_CHUNKS;
      if ((b == '\n' && loose) || (b == '\r' && temper == Temper.BARE_CR && endsBare(wire))) {
        return line.toString();
      }
      line.append((char) b);
    }
    return line.isEmpty() ? null : line.toString();
  }

  /// Takes the LF after a CR, if it is there.
  private static boolean endsBare(Wire wire) throws IOException {
    wire.in().mark(1);
    if (wire.in().read() != '\n') {
      wire.in().reset();
    }
    return true;
  }

  /// The fields of one request, as far as they frame it.
  private static final class Fields {
    private final Temper temper;
    private long length = -1;
    private boolean chunked;
    private int forwarded;
    private String last = "";

    Fields(Temper temper) {
      this.temper = temper;
    }

    void add(String line) {
      if ((line.startsWith(" ") || line.startsWith("\t")) && temper == Temper.FOLDS) {
        take(last, line.strip());
        return;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      last = temper == Temper.CGI ? name.strip().replace('_', '-') : name;
      last = temper == Temper.LOOSE_CODING ? last.replaceAll("[^A-Za-z-]", "") : last;
      take(last, line.substring(colon + 1).strip());
    }

    private void take(String name, String value) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "content-length" -> {
          long read = number(value);
          length = temper == Temper.LAST_LENGTH || length < 0 ? read : length;
        }
        case "transfer-encoding" ->
            chunked |=
                temper == Temper.LOOSE_CODING
                    ? value.toLowerCase(Locale.ROOT).contains("chunked")
                    : Arrays.asList(value.toLowerCase(Locale.ROOT).split(" *, *", -1))
                        .getLast()
                        .equals("chunked");
        case "x-forwarded-for" -> forwarded++;
        default -> {}
      }
    }

    private long number(String value) {
      String digits = value.replaceFirst("^\\+", "").replaceFirst("[^0-9].*", "");
      return switch (temper) {
        case OCTAL ->
            value.matches("0[0-7]{1,15}")
                ? Long.parseLong(value, 8)
                : value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
        case LOOSE_NUMBERS -> digits.isEmpty() ? 0 : Long.parseLong(tail(digits, 10));
        case STRICT,
            BARE_LF,
            BARE_CR,
            LOOSE_CHUNKS,
            SHORT_CHUNKS,
            FIRST_LENGTH,
            LAST_LENGTH,
            LENGTH_FIRST,
            LOOSE_CODING,
            CGI,
            FOLDS ->
            value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
      };
    }
  }

  /// In which way it is sloppy.
  enum Temper {
    STRICT,
    /// Numbers with a zero before them are octal.
    OCTAL,
    /// LF alone ends a line.
    BARE_LF,
    /// CR alone ends a line.
    BARE_CR,
    /// Chunk sizes with signs, 0x, blanks and 64 bits; 32 bits are kept.
    LOOSE_CHUNKS,
    /// Eight digits of a chunk's size are read.
    SHORT_CHUNKS,
    /// Of two lengths the first counts.
    FIRST_LENGTH,
    /// Of two lengths the last counts.
    LAST_LENGTH,
    /// A length counts before chunks.
    LENGTH_FIRST,
    /// A number ends where its digits do, and keeps ten of them.
    LOOSE_NUMBERS,
    /// A coding with `chunked` in its name is chunked.
    LOOSE_CODING,
    /// An underscore is a hyphen, and blanks before a colon are nothing.
    CGI,
    /// Lines that begin with a blank go on with the line above.
    FOLDS
  }
}
