package dev.weir.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// What must hold of every sequence of bytes that comes as a message: nothing is thrown but that it
/// is malformed, splits change nothing, nothing beyond the message is used, and what goes on is
/// read by the next hop as it was meant, in one plain framing.
public final class FuzzTargets {
  private static final String LENGTH = "\r\ncontent-length: (0|[1-9][0-9]{0,17})\r\n";

  private FuzzTargets() {}

  /// A request.
  static void request(byte[] message) {
    Reading whole = Reading.request(message, Math.max(1, message.length));
    for (int piece : new int[] {1, 2, 7, 1 + message.length / 3}) {
      same(whole, Reading.request(message, piece));
    }
    if (whole.complete()) {
      String head = plain(whole.forwarded());
      assertThat(head).doesNotContain("\r\nx-forwarded-for: evil").doesNotContain("\r\nproxy:");
      byte[] next = whole.forwarded().getBytes(StandardCharsets.ISO_8859_1);
      again(whole, Reading.request(next, next.length), next.length);
    }
  }

  /// A response to a GET, read strictly and leniently.
  static void response(byte[] message) {
    for (boolean lenient : new boolean[] {false, true}) {
      Reading whole = Reading.response(message, Math.max(1, message.length), lenient);
      for (int piece : new int[] {1, 2, 7, 1 + message.length / 3}) {
        same(whole, Reading.response(message, piece, lenient));
      }
      if (whole.complete()) {
        String head = plain(whole.forwarded());
        byte[] next = whole.forwarded().getBytes(StandardCharsets.ISO_8859_1);
        if (!head.matches("(?s)http/1\\.1 [6-9].*")) { // the strict reader refuses those
          again(whole, Reading.response(next, next.length, false), next.length);
        }
      }
    }
    strictIsLenient(message);
  }

  /// What is taken strictly is taken leniently, and goes on alike.
  private static void strictIsLenient(byte[] message) {
    Reading strict = Reading.response(message, Math.max(1, message.length), false);
    if (!strict.verdict().startsWith("refused")) {
      assertThat(Reading.response(message, Math.max(1, message.length), true)).isEqualTo(strict);
    }
  }

  private static void same(Reading whole, Reading split) {
    assertThat(split.verdict()).isEqualTo(whole.verdict());
    assertThat(split.complete()).isEqualTo(whole.complete());
    if (!whole.verdict().startsWith("refused")) {
      assertThat(split).isEqualTo(whole);
    }
  }

  private static void again(Reading meant, Reading read, int bytes) {
    assertThat(read.complete()).as(meant.forwarded()).isTrue();
    assertThat(read.body()).isEqualTo(meant.body());
    assertThat(read.forwarded()).isEqualTo(meant.forwarded()); // written anew, it stays as it is
    assertThat(read.used()).isEqualTo(bytes);
  }

  /// The head in lower case; its framing is seen to be plain.
  public static String plain(String forwarded) {
    int end = forwarded.indexOf("\r\n\r\n") + 2;
    String head = forwarded.substring(0, end).toLowerCase(Locale.ROOT);
    int lengths = count(head, "\r\n[^a-z:]*content[^a-z:]*length[^a-z:]*:");
    int codings = count(head, "\r\n[^a-z:]*transfer[^a-z:]*encoding[^a-z:]*:");
    assertThat(lengths + codings).as(head).isLessThan(2);
    assertThat(count(head, LENGTH)).as(head).isEqualTo(lengths);
    assertThat(count(head, "[\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]|\r(?!\n)|(?<!\r)\n")).isZero();
    return head;
  }

  /// How often `regex` is found.
  public static int count(String text, String regex) {
    return Math.toIntExact(Pattern.compile(regex).matcher(text).results().count());
  }
}
