import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Takes the requests out of the bytes of a connection, one after another.
final class RequestReader {
  private static final int HEAD_BYTES_MAX = 256 * 1024;
  private static final int END_OF_HEAD = 0x0d0a0d0a;
  private static final long END_OF_CHUNKS = 0x300d0a0d0aL;
  private static final long FIVE_BYTES = 0xffffffffffL;

  /// Gets what is read.
  interface Listener {
    /// A head is complete.
    void head(String head, String path);

    /// The body is complete, if there is one; right after the head otherwise.
    void complete();
  }

  private byte[] head = new byte[1024];
  private int length;
  private int last;
  private long lastFive;
  private long bodyLeft;
  private boolean chunked;

  /// Reads all of the bytes.
  void read(ByteBuffer bytes, Listener listener) {
    while (bytes.hasRemaining()) {
      if (chunked) {
        lastFive = (lastFive << 8 | (bytes.get() & 0xff)) & FIVE_BYTES;
        if (lastFive == END_OF_CHUNKS) {
          chunked = false;
          listener.complete();
        }
      } else if (bodyLeft > 0) {
        int now = (int) Math.min(bodyLeft, bytes.remaining());
        bytes.position(bytes.position() + now);
        bodyLeft -= now;
        if (bodyLeft == 0) {
          listener.complete();
        }
      } else {
        readHead(bytes.get(), listener);
      }
    }
  }

  private void readHead(byte next, Listener listener) {
    if (length == head.length) {
      if (length == HEAD_BYTES_MAX) {
        throw new IllegalStateException("a head of more than " + HEAD_BYTES_MAX + " bytes");
      }
      head = Arrays.copyOf(head, length * 2);
    }
    head[length++] = next;
    last = last << 8 | (next & 0xff);
    if (last == END_OF_HEAD) {
      String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      length = 0;
      last = 0;
      lastFive = 0;
      String small = text.toLowerCase(Locale.ROOT);
      chunked = small.contains("\r\ntransfer-encoding: chunked\r\n");
      String bodyLength = chunked ? null : field(small, "content-length");
      bodyLeft = bodyLength == null ? 0 : Long.parseLong(bodyLength);
      String[] words = text.split(" ", 3);
      listener.head(text, words.length > 1 ? words[1] : "");
      if (!chunked && bodyLeft == 0) {
        listener.complete();
      }
    }
  }

  /// Returns a field's value; null if there is none.
  ///
  /// @param head with field names in lower case
  static String field(String head, String name) {
    int at = head.indexOf("\r\n" + name + ":");
    if (at < 0) {
      return null;
    }
    int from = at + name.length() + 3;
    return head.substring(from, head.indexOf("\r\n", from)).trim();
  }
}
