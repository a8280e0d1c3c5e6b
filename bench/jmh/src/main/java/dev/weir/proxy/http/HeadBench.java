package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Parses the head of one request, strictly: a short one, and one as a browser sends it.
///
/// In the parser's own package, as the parser is not public.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeadBench {
  private static final String SHORT = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
  private static final String BROWSER =
      """
      GET /shop/items/4711?colour=blue&size=m HTTP/1.1
      Host: www.shop.test
      User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
      Accept-Language: en-GB,en;q=0.5
      Accept-Encoding: gzip, deflate, br, zstd
      Cookie: session=0123456789abcdef0123456789abcdef; seen=1; theme=dark
      Connection: keep-alive
      Upgrade-Insecure-Requests: 1
      Sec-Fetch-Dest: document
      Sec-Fetch-Mode: navigate
      Sec-Fetch-Site: same-origin
      If-None-Match: "33a64df551425fcc55e4d42a148795d9f25f89d4"

      """
          .replace("\n", "\r\n");

  @Param({"short", "browser"})
  public String request;

  private final RequestHead head = new RequestHead();
  private ByteBuf bytes;

  /// Lays the request's bytes down once; each call reads them again.
  @Setup
  public void bytes() {
    String text = request.equals("short") ? SHORT : BROWSER;
    bytes = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Benchmark
  public boolean parse() throws MalformedException {
    bytes.readerIndex(0);
    head.reset();
    return head.feed(bytes);
  }
}
