package dev.weir.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Responses end where HTTP says, however they are cut into reads.
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends lines with CR LF
class ResponseParserTest {
  private static final List<String> WHOLE =
      List.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Served-By: r1\r\n\r\nhello",
          "HTTP/1.1 200 OK\nContent-Length: 5\nX-SERVED-BY: r1\n\nhello",
          "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200\r\ncontent-length:5\r\n"
              + "x-replica: other\r\nx-served-by: r1\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nX-Served-By:r1 \r\n\r\n"
              + "1\r\nh\r\n04 ; a=\"b\"\r\nello\r\n0\r\nTrailer: 1\r\n\r\n");

  @Test
  void anySplitGivesTheSame() {
    Seeds.forAll(
        100,
        random -> {
          for (String response : WHOLE) {
            var parser = new ResponseParser(false, "X-Served-By");
            parser.begin();
            byte[] bytes = (response + "extra").getBytes(StandardCharsets.ISO_8859_1);
            int end = response.length();
            int from = 0;
            boolean done = false;
            while (!done) {
              assertThat(from).isLessThan(end);
              int to = Math.min(bytes.length, from + 1 + random.nextInt(9));
              ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
              done = feed(parser, part);
              from = part.position();
            }
            assertThat(from).isEqualTo(end);
            assertThat(parser.status()).isEqualTo(200);
            assertThat(parser.bodyBytes()).isEqualTo(5);
            assertThat(parser.replica()).isEqualTo("r1");
            assertThat(parser.reusable()).isTrue();
          }
        });
  }

  @Test
  void statusesWithoutBodiesEndAtTheHead() throws Exception {
    for (String status : List.of("204 No Content", "304 Not Modified")) {
      assertThat(parse("HTTP/1.1 " + status + "\r\nContent-Length: 9\r\n\r\n").reusable()).isTrue();
    }
  }

  @Test
  void connectionHeadersDecideWhetherItIsKept() throws Exception {
    assertThat(parse("HTTP/1.0 204 x\r\n\r\n").reusable()).isFalse();
    assertThat(parse("HTTP/1.0 204 x\r\nConnection: Keep-Alive\r\n\r\n").reusable()).isTrue();
    assertThat(parse("HTTP/1.1 204 x\r\nConnection: foo, Close\r\n\r\n").reusable()).isFalse();
  }

  @Test
  void aLengthBesideAnEncodingIsIgnoredAndEndsTheConnection() throws Exception {
    ResponseParser parser =
        parse(
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertThat(parser.bodyBytes()).isZero();
    assertThat(parser.reusable()).isFalse();
  }

  @Test
  void withoutALengthTheBodyRunsToTheEnd() throws Exception {
    ResponseParser parser = parse("HTTP/1.1 200 OK\r\n\r\nto the end");
    assertThat(parser.endsHere()).isTrue();
    assertThat(parser.bodyBytes()).isEqualTo(10);
  }

  @Test
  void whatIsNotAResponseIsRefused() {
    for (String bad :
        List.of(
            "\r\n\r\n",
            "HTTP/2 200 OK\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 099 OK\r\n\r\n",
            "HTTP/1.1 101 Switching\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n",
            "HTTP/1.1 100 C\r\n\r\n".repeat(17))) {
      assertThatThrownBy(() -> parse(bad)).as(bad).isInstanceOf(MalformedResponseException.class);
    }
  }

  private static ResponseParser parse(String response) throws MalformedResponseException {
    var parser = new ResponseParser(false, "X-Served-By");
    parser.begin();
    parser.feed(ByteBuffer.wrap(response.getBytes(StandardCharsets.ISO_8859_1)));
    return parser;
  }

  private static boolean feed(ResponseParser parser, ByteBuffer part) {
    try {
      return parser.feed(part);
    } catch (MalformedResponseException e) {
      throw new AssertionError(e);
    }
  }
}
