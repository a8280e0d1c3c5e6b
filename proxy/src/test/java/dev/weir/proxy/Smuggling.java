package dev.weir.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Messages that hide another one: every way to spell a length, a coding, a chunk's size and a
/// line's end, each with the bodies by which two servers would disagree about where the message
/// ends.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is made
final class Smuggling {
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  /// Ways to spell the length `%s`.
  private static final List<String> LENGTHS =
      List.of(
          "Content-Length: %s",
          "content-length:%s",
          "Content-Length: 0%s",
          "Content-Length: 000%s",
          "Content-Length: 000000000000%s",
          "Content-Length: +%s",
          "Content-Length: -%s",
          "Content-Length: %s.0",
          "Content-Length: %se0",
          "Content-Length: 0x%s",
          "Content-Length: %s;",
          "Content-Length: %s,",
          "Content-Length: %s, %s",
          "Content-Length: %s,0",
          "Content-Length: 0,%s",
          "Content-Length: \t%s\t",
          "Content-Length: %s\u000b",
          "Content-Length: %s\0",
          "Content-Length: %s a",
          "Content-Length: \"%s\"",
          "Content-Length:\r\n %s",
          "Content-Length: %s\r\n ",
          "Content-Length: %s\r\nContent-Length: %s",
          "Content-Length: 0\r\nContent-Length: %s",
          "Content-Length: %s\r\nContent-Length: 0",
          "Content-Length: %s\nX: y",
          "Content-Length : %s",
          "Content-Length\t: %s",
          "Content_Length: %s",
          "Content-Length\0: %s",
          " Content-Length: %s",
          "X: y\nContent-Length: %s",
          "X: y\rContent-Length: %s",
          "X: y\r\r\nContent-Length: %s",
          "Content Length: %s",
          "Content--Length: %s",
          "Content-Length: %s\r\nConnection: Content-Length",
          "Content-Length: 00000000000000000000%s",
          "Content-Length: 99999999999999999999%s",
          "X: y");

  /// Ways to spell that chunks come.
  private static final List<String> CODINGS =
      List.of(
          "Transfer-Encoding: chunked",
          "transfer-encoding:CHUNKED",
          "Transfer-Encoding: chunked ",
          "Transfer-Encoding:\tchunked",
          "Transfer-Encoding: ,chunked",
          "Transfer-Encoding: chunked,",
          "Transfer-Encoding: xchunked",
          "Transfer-Encoding: chunkedx",
          "Transfer-Encoding: chunk",
          "Transfer-Encoding: identity",
          "Transfer-Encoding: identity, chunked",
          "Transfer-Encoding: chunked, identity",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: chunked, gzip",
          "Transfer-Encoding: chunked, chunked",
          "Transfer-Encoding: chunked;a=b",
          "Transfer-Encoding: \"chunked\"",
          "Transfer-Encoding: 'chunked'",
          "Transfer-Encoding: \u000bchunked",
          "Transfer-Encoding: chunked\u000b",
          "Transfer-Encoding: \0chunked",
          "Transfer-Encoding: chunked\0",
          "Transfer-Encoding:\r\n chunked",
          "Transfer-Encoding: x\r\n chunked",
          "Transfer-Encoding: chunked\nX: y",
          "X: y\nTransfer-Encoding: chunked",
          "X: y\rTransfer-Encoding: chunked",
          "X: y\r\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding : chunked",
          "Transfer-Encoding\t: chunked",
          "Transfer_Encoding: chunked",
          "Transfer-Encoding\0: chunked",
          " Transfer-Encoding: chunked",
          "Transfer Encoding: chunked",
          "Transfer-Encoding",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
          "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nConnection: Transfer-Encoding",
          "TE: chunked");

  /// Ways to write a chunk of `%1$s` bytes (hexadecimal), which are `%2$s`, and the end.
  private static final List<String> CHUNKS =
      List.of(
          "%1$s\r\n%2$s\r\n0\r\n\r\n",
          "0%1$s\r\n%2$s\r\n00\r\n\r\n",
          "00000000%1$s\r\n%2$s\r\n0\r\n\r\n",
          "0000000000000000%1$s\r\n%2$s\r\n0\r\n\r\n",
          "0x%1$s\r\n%2$s\r\n0\r\n\r\n",
          "+%1$s\r\n%2$s\r\n0\r\n\r\n",
          "-%1$s\r\n%2$s\r\n0\r\n\r\n",
          " %1$s\r\n%2$s\r\n0\r\n\r\n",
          "%1$s \r\n%2$s\r\n0\r\n\r\n",
          "%1$s\t\r\n%2$s\r\n0\r\n\r\n",
          "%1$s;a=b\r\n%2$s\r\n0\r\n\r\n",
          "%1$s;\n%2$s\r\n0\r\n\r\n",
          "%1$s;a\nb\r\n%2$s\r\n0\r\n\r\n",
          "%1$s;\"\r\n%2$s\r\n0\r\n\r\n",
          "%1$s\n%2$s\n0\n\n",
          "%1$s\r\n%2$s\n0\r\n\r\n",
          "%1$s\r\r\n%2$s\r\n0\r\n\r\n",
          "%1$s\r\n%2$s0\r\n\r\n",
          "%1$s\r\n%2$s\r\n0\n\n",
          "%1$s\r\n%2$s\r\n0\r\n\n",
          "%1$s\r\n%2$s\r\n0 \r\n\r\n",
          "%1$s\r\n%2$s\r\n-0\r\n\r\n",
          "%1$s\r\n%2$s\r\n0x0\r\n\r\n",
          "1000000%1$s\r\n%2$s\r\n0\r\n\r\n",
          "100000000%1$s\r\n%2$s\r\n0\r\n\r\n",
          "10000000000000000%1$s\r\n%2$s\r\n0\r\n\r\n",
          "%1$sg\r\n%2$s\r\n0\r\n\r\n",
          "%1$s_\r\n%2$s\r\n0\r\n\r\n",
          "0\r\nX: y\r\n\r\n%2$s",
          "0\r\nX: y\n\n%2$s",
          "0\r\n\r\n%2$s",
          "0;\r\n\r\n%2$s",
          "00\r\n\r\n%2$s",
          "0\n\n%2$s",
          "0\r\nX\r\n\r\n%2$s",
          "0\r\nContent-Length: 5\r\n\r\n%2$s");

  /// Request lines and fields that change what a body is.
  private static final List<String> HEADS =
      List.of(
          "GET /open HTTP/1.1\r\nHost: h\r\n",
          "HEAD /open HTTP/1.1\r\nHost: h\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: h\r\n",
          "DELETE /open HTTP/1.1\r\nHost: h\r\n",
          "POST /open HTTP/1.0\r\nConnection: keep-alive\r\n",
          "POST /open HTTP/1.2\r\nHost: h\r\n",
          "POST http://h/open HTTP/1.1\r\nHost: h\r\n",
          "POST /open HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n",
          "POST  /open HTTP/1.1\r\nHost: h\r\n",
          "POST /open HTTP/1.1 \r\nHost: h\r\n",
          "\r\nPOST /open HTTP/1.1\r\nHost: h\r\n",
          "POST /open HTTP/1.1\nHost: h\r\n",
          "POST /open HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\nConnection: upgrade\r\n");

  /// The same of responses.
  private static final List<String> RESPONSE_HEADS =
      List.of(
          "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n",
          "HTTP/1.1 204 No Content\r\n",
          "HTTP/1.1 304 Not Modified\r\n",
          "HTTP/1.1 100 Continue\r\n",
          "HTTP/1.1 103 Early Hints\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n",
          "HTTP/1.1 200 OK\nX: y\r\n",
          "HTTP/2.0 200 OK\r\n",
          "HTTP/1.1  200 OK\r\n",
          "HTTP/1.1 999 X\r\n",
          "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n",
          "HTTP/1.1 200 OK\r\nConnection: x y\r\n",
          "HTTP/1.1 426 Upgrade Required\r\nUpgrade: x\r\nConnection: upgrade\r\n",
          "\r\nHTTP/1.1 200 OK\r\n");

  private final String start;
  private final String hidden;
  private final List<String> heads;

  private Smuggling(String start, String hidden, List<String> heads) {
    this.start = start;
    this.hidden = hidden;
    this.heads = heads;
  }

  /// Requests that hide one for `/hidden`.
  static Smuggling ofRequests() {
    return new Smuggling(
        "POST /open HTTP/1.1\r\nHost: h\r\n", "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n", HEADS);
  }

  /// Responses that hide another one with the body `POISON`.
  static Smuggling ofResponses() {
    return new Smuggling(
        "HTTP/1.1 200 OK\r\nX: 1\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nPOISON",
        RESPONSE_HEADS);
  }

  /// Every case.
  List<Case> all() {
    List<Case> cases = new ArrayList<>(lengths());
    for (String coding : CODINGS) {
      cases.add(new Case(coding, start + coding + "\r\n\r\n" + "0\r\n\r\n"));
      for (String beside : List.of("before", "after")) {
        cases.addAll(codings(coding, beside.equals("before")));
      }
    }
    for (String chunk : CHUNKS) {
      String body = chunk.formatted(Integer.toHexString(hidden.length()), hidden);
      cases.add(new Case("chunk " + chunk, start + CHUNKED + "\r\n" + body));
      cases.add(
          new Case(
              "upper chunk " + chunk, start + CHUNKED + "\r\n" + body.toUpperCase(Locale.ROOT)));
    }
    for (String head : heads) {
      cases.add(
          new Case(
              "length " + head, head + "Content-Length: " + hidden.length() + "\r\n\r\n" + hidden));
      cases.add(new Case("chunks " + head, head + CHUNKED + "\r\n0\r\n\r\n" + hidden));
      cases.add(
          new Case("both " + head, head + CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n" + hidden));
      cases.add(new Case("none " + head, head + "\r\n" + hidden));
    }
    return cases;
  }

  /// Lengths alone: the hidden request fills the body, ends it, or stands after what an octal
  /// reader takes for the end.
  List<Case> lengths() {
    var cases = new ArrayList<Case>();
    for (String spelled : LENGTHS) {
      cases.add(length(spelled, hidden.length(), hidden));
      cases.add(length(spelled, 5, "01234" + hidden));
      for (int length : new int[] {100, 177, 200}) {
        int octal = Integer.parseInt(String.valueOf(length), 8);
        String fill = "x".repeat(Math.max(0, length - octal - hidden.length()));
        cases.add(length(spelled, length, "x".repeat(octal) + hidden + fill));
      }
    }
    return cases;
  }

  private Case length(String spelled, int length, String body) {
    return new Case(
        "%s (%d)".formatted(spelled, length),
        start + spelled.replace("%s", String.valueOf(length)) + "\r\n\r\n" + body);
  }

  private List<Case> codings(String coding, boolean before) {
    String end = "0\r\n\r\n";
    String chunk = "%x\r\n%s\r\n%s".formatted(hidden.length(), hidden, end);
    int sizeLine = chunk.indexOf('\n') + 1;
    return Stream.of(
            both(coding, before, end.length() + hidden.length(), end + hidden),
            both(coding, before, end.length(), end + hidden),
            both(coding, before, sizeLine, chunk),
            both(coding, before, 0, chunk))
        .toList();
  }

  private Case both(String coding, boolean before, int length, String body) {
    String lengthLine = "Content-Length: " + length + "\r\n";
    String fields = before ? lengthLine + coding + "\r\n" : coding + "\r\n" + lengthLine;
    return new Case(
        "%s, length %d %s".formatted(coding, length, before ? "before" : "after"),
        start + fields + "\r\n" + body);
  }

  /// One try.
  ///
  /// @param name how it is spelled
  /// @param text its bytes as characters
  record Case(String name, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The name on one line.
    String shown() {
      return name.replace("\r", "\\r")
          .replace("\n", "\\n")
          .replace("\0", "\\0")
          .replace("\u000b", "\\v");
    }
  }
}
