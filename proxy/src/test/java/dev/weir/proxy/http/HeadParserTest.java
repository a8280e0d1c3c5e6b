package dev.weir.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parser without sockets: what it refuses, and that neither splits nor noise change its mind.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is tested
class HeadParserTest {
  private static final List<String> MESSAGES =
      List.of(
          "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
          "POST /a%20b?c HTTP/1.1\r\nHost: h:80\r\nContent-Length: 5\r\n\r\nhello",
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
              + "5;a=\"b\"\r\nhello\r\na\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: [::1]:8\r\nConnection: close, x\r\nX: 1\r\n\r\n",
          "GET http://h/x HTTP/1.1\r\nHost: h\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n",
          "PUT / HTTP/1.0\r\nContent-Length: 0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "400 | GET  / HTTP/1.1^Host: h^^",
        "400 | GET / HTTP/1.1^^",
        "400 | GET / HTTP/1.1^Host: a^Host: a^^",
        "400 | GET / HTTP/1.1^Host: a b^^",
        "400 | GET / HTTP/1.1^Host:^^",
        "400 | GET / HTTP/1.1^Host: a:99999^^",
        "400 | GET / HTTP/1.1^Host: user@a^^",
        "400 | GET http://b/ HTTP/1.1^Host: a^^",
        "400 | GET ftp://a/ HTTP/1.1^Host: a^^",
        "400 | GET * HTTP/1.1^Host: a^^",
        "400 | GET a HTTP/1.1^Host: a^^",
        "501 | CONNECT a:80 HTTP/1.1^Host: a:80^^",
        "505 | GET / HTTP/2.0^Host: a^^",
        "400 | GET / HTTP/1.10^Host: a^^",
        "400 | GET / http/1.1^Host: a^^",
        "400 | GET / HTTP/1.1^Host: a^X : y^^",
        "400 | GET / HTTP/1.1^Host: a^X^^",
        "400 | GET / HTTP/1.1^Host: a^: x^^",
        "400 | GET / HTTP/1.1^ Host: a^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: 1^Content-Length: 1^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: 1, 1^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: +1^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: -1^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: 0x1^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length:^^",
        "400 | POST / HTTP/1.1^Host: a^Content-Length: 9999999999999999999^^",
        "400 | POST / HTTP/1.1^Host: a^Content_Length: 1^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked^Content-Length: 1^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked, gzip^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding: chunked, chunked^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding: xchunked^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding:^^",
        "400 | POST / HTTP/1.1^Host: a^Transfer-Encoding: gzip^^",
        "400 | POST / HTTP/1.0^Transfer-Encoding: chunked^^",
      })
  void malformedOrAmbiguousHeadIsRefused(int status, String head) {
    assertThat(read(head.trim().replace("^", "\r\n"), null)).startsWith("refused " + status);
  }

  @Test
  void limitsHold() {
    String start = "GET / HTTP/1.1\r\nHost: h\r\n";
    assertThat(read("GET /" + "a".repeat(17_000), null)).startsWith("refused 414");
    assertThat(read(start + "X: " + "a".repeat(17_000), null)).startsWith("refused 431");
    assertThat(read(start + "X: y\r\n".repeat(200), null)).startsWith("refused 431");
    String big = ("X: " + "a".repeat(10_000) + "\r\n").repeat(7);
    assertThat(read(start + big, null)).startsWith("refused 431");
    assertThat(read(start + "X: y\r\n".repeat(100) + "\r\n", null)).startsWith("request");
  }

  @ParameterizedTest
  @CsvSource({
    "' 5^hello^0^^'", "'5 ^hello^0^^'", "'+5^hello^0^^'", "'0x5^hello^0^^'", "'5^helloX^0^^'",
    "'5^hell^0^^'", "'^hello^0^^'", "';a^hello^0^^'", "'ffffffffffffffffff^x'", "'0^ X: y^^'",
    "'-1^'", "'0^X'"
  })
  void malformedChunksAreRefused(String chunks) {
    String head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    String bytes = head + chunks.replace("^", "\r\n") + (chunks.endsWith("X") ? "\n" : "");
    assertThat(read(bytes, null)).contains("refused 400");
    assertThat(read(head + "5\nhello\n0\n\n", null)).contains("refused 400");
    assertThat(read(head + "1;" + "a".repeat(300), null)).contains("refused 400");
  }

  @Test
  void splitsChangeNothing() {
    Seeds.forAll(random -> {
      String message = MESSAGES.get(random.nextInt(MESSAGES.size()));
      if (random.nextBoolean()) {
        message = mutate(message, random);
      }
      assertThat(read(message, random)).as(message).isEqualTo(read(message, null));
    });
  }

  @Test
  void whatIsForwardedIsReadAsItWasMeant() {
    Seeds.forAll(
        2000,
        random -> {
          String message = MESSAGES.get(random.nextInt(MESSAGES.size()));
          for (int i = random.nextInt(4); i >= 0; i--) {
            message = mutate(message, random);
          }
          var forwarded = new StringBuilder();
          String meaning = read(message, null, forwarded);
          if (meaning.startsWith("request") && meaning.endsWith("complete")) {
            // The next hop must see one request with the body that went through here.
            String again = read(forwarded.toString(), null, new StringBuilder());
            assertThat(again).as(message).endsWith("complete");
            assertThat(body(again)).as(message).isEqualTo(body(meaning));
          }
        });
  }

  @Test
  void lengthsAreDigitsOnly() {
    byte[] bytes = "12a".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> StrictDecimal.decimal(bytes, 0, 3))
        .isInstanceOf(MalformedException.class);
  }

  private static String body(String meaning) {
    return meaning.substring(meaning.indexOf("body ")).replaceAll(" after.*complete", "");
  }

  private static String mutate(String message, RandomGenerator random) {
    String noise = "\0\r\n\t :;,0a5\u0080\u000b-_xX%/";
    int at = random.nextInt(message.length());
    char c = noise.charAt(random.nextInt(noise.length()));
    return switch (random.nextInt(4)) {
      case 0 -> message.substring(0, at) + c + message.substring(at);
      case 1 -> message.substring(0, at) + message.substring(at + 1);
      case 2 -> message.substring(0, at) + c + message.substring(at + 1);
      default -> {
        int end = Math.min(message.length(), at + random.nextInt(40));
        yield message.substring(0, end) + message.substring(at);
      }
    };
  }

  private static String read(String message, @Nullable RandomGenerator split) {
    return read(message, split, new StringBuilder());
  }

  /// What the proxy understands of `message`, fed to it in pieces if `split` is given.
  private static String read(
      String message, @Nullable RandomGenerator split, StringBuilder forwarded) {
    byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
    var head = new RequestHead();
    var body = new Body();
    var meaning = new StringBuilder();
    var data = new StringBuilder();
    boolean headRead = false;
    ByteBuf rest = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length; ) {
        int some = split == null ? bytes.length : 1 + split.nextInt(20);
        some = Math.min(some, bytes.length - at);
        rest.writeBytes(bytes, at, some);
        at += some;
        if (!headRead && head.feed(rest)) {
          headRead = true;
          meaning.append("request ").append(head.line()).append(' ').append(head.codings());
          ByteBuf out =
              HeadWriter.request(
                  Unpooled.buffer().alloc(), head, Bytes.of("c"), Bytes.of("l"), false);
          forwarded.append(out.toString(StandardCharsets.ISO_8859_1));
          out.release();
          if (head.isChunked()) {
            body.chunked(false);
          } else {
            body.length(Math.max(0, head.contentLength()));
          }
        }
        while (headRead && rest.isReadable() && !body.isDone()) {
          int next = body.scan(rest);
          String text =
              rest.readCharSequence(Math.abs(next), StandardCharsets.ISO_8859_1).toString();
          if (next > 0) {
            data.append(text);
          }
        }
      }
    } catch (MalformedException e) {
      return meaning
          .append("refused ")
          .append(e.status())
          .append(' ')
          .append(e.reason())
          .toString();
    } finally {
      forwarded.append(data);
    }
    if (!headRead) {
      return "incomplete";
    }
    meaning.append(" body ").append(data).append(" after ").append(rest.readableBytes());
    return meaning.append(body.isDone() ? " complete" : " incomplete").toString();
  }
}
