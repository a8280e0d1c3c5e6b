package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.console.wire.HistorySettings;
import dev.weir.console.wire.Hub;
import dev.weir.console.wire.PictureHistory;
import dev.weir.testing.Figures;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// What the server's one thread costs while viewers read, and what an hour of history takes. Every
/// build does it for a moment; `bench/console` for longer, with the bounds that are promised.
final class ConsoleCostTest {
  private static final int NODES = Integer.getInteger("console.nodes", 100);
  private static final int TASKS = Integer.getInteger("console.tasks", 2000);
  private static final int RATE = Integer.getInteger("console.rate", 200);
  private static final int VIEWERS = Integer.getInteger("console.viewers", 10);
  private static final int SECONDS = Integer.getInteger("console.seconds", 3);
  private static final int WARM_UP_SECONDS = Integer.getInteger("console.warmup", 2);
  private static final int HISTORY_MINUTES = Integer.getInteger("console.minutes", 1);
  private static final boolean IS_BENCH = Boolean.getBoolean("console.bench");
  private static final double SHARE_MAX = .02;
  private static final int PICTURES_PER_SECOND = 2;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  }

  @Test
  void viewersCostLittle() throws IOException {
    var swarm = new PlayedSwarm(NODES, TASKS, random(), System.currentTimeMillis());
    var hub = Hub.ofHour();
    var received = new AtomicLong();
    var viewers = new ArrayList<Socket>();
    try (var played =
        PlayedConsole.start(ConsoleSettings.loopback(0), swarm, RATE, hub, Consoles.files())) {
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(viewer(played.server().address(), received));
      }
      RealTime.pass(Duration.ofSeconds(WARM_UP_SECONDS));
      long thread = serverThread();
      long cpu = threads.getThreadCpuTime(thread);
      long begin = System.nanoTime();
      long bytes = received.get();
      RealTime.pass(Duration.ofSeconds(SECONDS));
      double share =
          (threads.getThreadCpuTime(thread) - cpu) / (double) (System.nanoTime() - begin);
      Figures.note(
          "console: %d viewers of %d tasks, %d changed tiles/s: %.2f %% of a core, %.0f KB/s sent"
              .formatted(
                  VIEWERS, TASKS, RATE, share * 100, (received.get() - bytes) / 1e3 / SECONDS));
      assertTrue(received.get() > bytes, "the viewers read");
      assertTrue(!IS_BENCH || share <= SHARE_MAX, () -> "share " + share);
    } finally {
      for (Socket viewer : viewers) {
        viewer.close();
      }
    }
  }

  /// The thread of the server that was started last.
  private long serverThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("weir-console-"))
        .mapToLong(Thread::threadId)
        .max()
        .orElseThrow();
  }

  private static Socket viewer(InetSocketAddress server, AtomicLong received) throws IOException {
    var socket = new Socket(server.getAddress(), server.getPort());
    socket
        .getOutputStream()
        .write(
            "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    Thread.ofVirtual().start(() -> read(socket, received));
    return socket;
  }

  private static void read(Socket socket, AtomicLong received) {
    byte[] part = new byte[64 << 10];
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        received.addAndGet(count);
      }
    } catch (IOException _) {
      // The test has ended.
    }
  }

  @Test
  void anHourOfHistoryIsBounded() {
    List<Integer> rates = List.of(0, RATE);
    for (int rate : rates) {
      var settings = HistorySettings.hour();
      var history = new PictureHistory(settings);
      var swarm = new PlayedSwarm(NODES, TASKS, random(), 1_000_000_000);
      int count = HISTORY_MINUTES * 60 * PICTURES_PER_SECOND;
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        history.add(swarm.next(rate / PICTURES_PER_SECOND, 1_000_000_000L + i * 500L));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      var span = history.span().orElseThrow();
      Figures.note(
          "console: history of %d tasks, %d changed tiles/s, %d min of %d: %.1f MB, %.1f ms a picture"
              .formatted(
                  TASKS,
                  rate,
                  (span.to() - span.from()) / 60_000,
                  HISTORY_MINUTES,
                  history.bytes() / 1e6,
                  seconds * 1e3 / count));
      assertTrue(history.bytes() <= settings.bytesMax(), () -> "bytes " + history.bytes());
    }
  }
}
