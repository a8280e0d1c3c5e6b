package dev.weir.console.web;

import dev.weir.console.wire.Frame;
import dev.weir.console.wire.Hub;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All viewers of the stream. Each event is made once and lies in memory once. Used on the event
/// loop alone, except for [#wake].
final class Viewers {
  static final int VIEWERS_MAX = 64;
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final Hub hub;
  private final EventLoop loop;
  private final Limits limits;
  private final Predicate<Session> current;
  private final Set<Viewer> open = new LinkedHashSet<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ByteBuf start = constant("retry: 1000\n\n");
  private final ByteBuf beat = constant(":\n\n");
  private long sentNanos = System.nanoTime() - PERIOD.toNanos();
  private @Nullable Frame snapshot;
  private ByteBuf snapshotBytes = Unpooled.EMPTY_BUFFER;

  /// @param current whether a session still holds
  Viewers(Hub hub, EventLoop loop, Limits limits, Predicate<Session> current) {
    this.hub = hub;
    this.loop = loop;
    this.limits = limits;
    this.current = current;
  }

  /// Begins to show what is published.
  void start() {
    hub.onPublish(this::wake);
    wake();
    long millis = HEARTBEAT.toMillis();
    var _ = loop.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /// A picture was published. From any thread.
  void wake() {
    if (woken.compareAndSet(false, true) && !loop.isShuttingDown()) {
      try {
        loop.execute(this::advance);
      } catch (RejectedExecutionException _) {
        // The server was closed meanwhile; nobody reads any more.
      }
    }
  }

  private void advance() {
    long left = sentNanos + PERIOD.toNanos() - System.nanoTime();
    if (left > 0) {
      var _ = loop.schedule(this::advance, left, TimeUnit.NANOSECONDS);
      return;
    }
    woken.set(false);
    sentNanos = System.nanoTime();
    hub.advance().ifPresent(frame -> share(frame, List.copyOf(open)));
  }

  private static void share(Frame frame, List<Viewer> viewers) {
    ByteBuf bytes = direct(frame);
    try {
      viewers.forEach(viewer -> viewer.send(bytes));
    } finally {
      bytes.release();
    }
  }

  /// Lets a client read the stream from what it saw last, or from the beginning.
  void add(Exchange exchange, Session session, Optional<String> lastId) {
    if (open.size() >= VIEWERS_MAX) {
      exchange.reply(Reply.error(503, "%d viewers are here already".formatted(VIEWERS_MAX)));
      return;
    }
    Optional<List<Frame>> missed = lastId.flatMap(hub::missed);
    ByteBuf first = missed.isPresent() ? start : snapshot();
    var viewer = new Viewer(exchange.channel(), session, limits, first.readableBytes());
    exchange.stream();
    viewer.send(start);
    if (missed.isPresent()) {
      missed.get().forEach(frame -> share(frame, List.of(viewer)));
    } else {
      limits.sending(exchange.channel(), first.readableBytes());
      viewer.send(first);
    }
    open.add(viewer);
    var _ = exchange.channel().closeFuture().addListener(_ -> open.remove(viewer));
  }

  /// The snapshot of now in memory once, for all who come before the next change.
  private ByteBuf snapshot() {
    Frame now = hub.snapshot();
    if (now != snapshot) {
      snapshotBytes.release();
      snapshotBytes = direct(now);
      snapshot = now;
    }
    return snapshotBytes;
  }

  private void beat() {
    for (Viewer viewer : List.copyOf(open)) {
      if (viewer.isStuck(STUCK.toNanos()) || !current.test(viewer.session())) {
        var _ = viewer.channel().close();
      } else {
        viewer.send(beat);
      }
    }
  }

  /// Ends the streams of a session.
  void end(Session session) {
    List.copyOf(open).stream()
        .filter(viewer -> viewer.session().equals(session))
        .forEach(viewer -> {
          var _ = viewer.channel().close();
        });
  }

  /// How many there are, and how many bytes wait for all of them.
  Load load() {
    return new Load(open.size(), open.stream().mapToLong(Viewer::pending).sum());
  }

  private static ByteBuf direct(Frame frame) {
    return ByteBufAllocator.DEFAULT.directBuffer(frame.size()).writeBytes(frame.bytes());
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII).asReadOnly());
  }

  /// What viewers cost now.
  ///
  /// @param viewers how many there are
  /// @param pendingBytes what they have not read yet
  record Load(int viewers, long pendingBytes) {}
}
