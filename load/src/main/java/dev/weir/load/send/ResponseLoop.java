package dev.weir.load.send;

import dev.weir.load.http.MalformedResponseException;
import dev.weir.load.http.ResponseParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/// Reads responses, ends requests, and keeps idle connections ready for the sender.
///
/// One thread with a selector. Its work may delay a response's timestamp by microseconds, but never
/// a send.
final class ResponseLoop implements Runnable {
  private static final int READ_BYTES = 64 << 10;
  private static final long TICK_MILLIS = 10;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

  private final Selector selector;
  private final ConnectionPool pool;
  private final Supplier<ResponseParser> parsers;
  private final Requests requests;
  private final boolean keepAlive;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final ConcurrentLinkedQueue<LoopMessage> notes = new ConcurrentLinkedQueue<>();
  private final Set<Connection> connections = new HashSet<>();
  private final List<Connection> settling = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean over;
  private long tickedNanos;

  ResponseLoop(LoadSettings settings, Connector connector, Requests requests) {
    this.requests = requests;
    this.keepAlive = settings.keepAlive();
    this.parsers = () -> new ResponseParser(settings.request().head(), settings.replicaHeader());
    this.pool = new ConnectionPool(connector, settings.connectionsMax(), this::report);
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector", e);
    }
  }

  ConnectionPool pool() {
    return pool;
  }

  void start() {
    Thread.ofPlatform().name("weir-responses").daemon().start(this);
  }

  /// Gives the loop a message. Any thread may call it.
  void report(LoopMessage note) {
    notes.add(note);
    if (over) {
      closeLate();
    } else {
      selector.wakeup();
    }
  }

  /// Waits until every request has ended.
  void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void run() {
    try {
      while (!requests.allEnded()) {
        selector.select(this::ready, settling.isEmpty() ? TICK_MILLIS : 1);
        turn(System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the selector failed", e);
    } finally {
      requests.endAll(System.nanoTime());
      connections.forEach(Connection::close);
      over = true;
      closeSelector();
      closeLate();
      ended.countDown();
    }
  }

  private void turn(long nowNanos) {
    LoopMessage note = notes.poll();
    while (note != null) {
      handle(note, nowNanos);
      note = notes.poll();
    }
    settle(nowNanos);
    if (nowNanos - tickedNanos >= TICK_NANOS) {
      tickedNanos = nowNanos;
      requests.expireWaiting(nowNanos);
      expireSent(nowNanos);
    }
    serveWaiting();
    if (requests.takesMore()) {
      int upcoming = requests.upcoming(nowNanos, pool.dialNanos());
      pool.refill(requests.waiting(), upcoming, requests.left(), nowNanos);
    }
  }

  private void handle(LoopMessage note, long nowNanos) {
    switch (note) {
      case LoopMessage.Opened(Transport transport, long tookNanos) ->
          opened(transport, tookNanos, nowNanos);
      case LoopMessage.DialFailed(String kind) -> {
        pool.failed(nowNanos);
        requests.failWaiting(kind, nowNanos);
      }
      case LoopMessage.Waiting(int number) -> requests.addWaiting(number);
      case LoopMessage.Unfinished(Connection connection, int number) ->
          unfinished(connection, number);
      case LoopMessage.Broken(Connection connection, int number) -> {
        if (carries(connection, number)) {
          end(connection, "reset");
        } else if (connection.state() != Connection.State.CLOSED) {
          close(connection);
        }
      }
      case LoopMessage.Discarded(Connection connection) -> close(connection);
      case LoopMessage.SendingEnded() -> {}
    }
  }

  private void opened(Transport transport, long tookNanos, long nowNanos) {
    pool.opened(tookNanos);
    var connection = new Connection(transport, parsers.get());
    try {
      transport.channel().register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
      pool.offer(connection);
    } catch (IOException _) {
      connection.close();
      pool.closed(false, nowNanos);
    }
  }

  private void unfinished(Connection connection, int number) {
    SelectionKey key = connection.transport().channel().keyFor(selector);
    if (carries(connection, number) && key != null) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else if (connection.state() == Connection.State.SETTLING) {
      // Responded before the whole request was sent: the rest can no longer be sent.
      close(connection);
    }
  }

  private static boolean carries(Connection connection, int number) {
    return connection.state() == Connection.State.SENT && connection.number() == number;
  }

  private void ready(SelectionKey key) {
    if (!(key.attachment() instanceof Connection connection) || !key.isValid()) {
      return;
    }
    if (key.isWritable()) {
      finishWrite(key, connection);
    }
    if (key.isValid() && key.isReadable()) {
      read(connection);
    }
  }

  private void finishWrite(SelectionKey key, Connection connection) {
    try {
      if (connection.flush()) {
        key.interestOps(SelectionKey.OP_READ);
      }
    } catch (IOException _) {
      end(connection, "reset");
    }
  }

  private void read(Connection connection) {
    try {
      int count;
      do {
        count = connection.transport().read(buffer.clear());
        if (count > 0) {
          take(connection, buffer.flip());
        }
      } while (count > 0
          && connection.state() != Connection.State.CLOSED
          && connection.transport().buffered());
      if (count < 0) {
        end(connection, "closed");
      }
    } catch (MalformedResponseException _) {
      end(connection, "malformed");
    } catch (SSLException _) {
      end(connection, "tls");
    } catch (IOException _) {
      end(connection, "reset");
    }
  }

  private void take(Connection connection, ByteBuffer bytes) throws MalformedResponseException {
    if (connection.closeUnsent()) {
      // No request is under way: a 408 before the server hangs up, or an error.
      close(connection);
    } else if (connection.state() == Connection.State.SENT && connection.parser().feed(bytes)) {
      responded(connection, bytes.hasRemaining());
    } else if (connection.state() == Connection.State.SETTLING) {
      close(connection);
    }
  }

  private void responded(Connection connection, boolean trailing) {
    requests.responded(connection, System.nanoTime());
    pool.responded();
    if (!keepAlive || trailing || !connection.parser().reusable()) {
      close(connection);
    } else if (connection.flushed()) {
      connection.recycle();
      pool.offer(connection);
    } else {
      connection.settle();
      settling.add(connection);
    }
  }

  /// The connection ended or can no longer be used; `kind` is the reason.
  private void end(Connection connection, String kind) {
    if (connection.closeUnsent()) {
      pool.withdraw(connection);
      close(connection);
      return;
    }
    if (connection.state() == Connection.State.SENT) {
      requests.ended(connection, kind, System.nanoTime());
    }
    close(connection);
  }

  private void close(Connection connection) {
    connection.close();
    if (connections.remove(connection)) {
      pool.closed(connection.carried(), System.nanoTime());
    }
    settling.remove(connection);
  }

  private void settle(long nowNanos) {
    for (int i = settling.size() - 1; i >= 0; i--) {
      Connection connection = settling.get(i);
      if (connection.flushed()) {
        settling.remove(i);
        connection.recycle();
        pool.offer(connection);
      } else if (requests.late(connection, nowNanos)) {
        close(connection);
      }
    }
  }

  private void expireSent(long nowNanos) {
    List<Connection> late = new ArrayList<>();
    for (Connection connection : connections) {
      if (connection.state() == Connection.State.SENT && requests.late(connection, nowNanos)) {
        late.add(connection);
      }
    }
    for (Connection connection : late) {
      requests.timedOut(connection, nowNanos);
      close(connection);
    }
  }

  private void serveWaiting() {
    while (requests.waiting() > 0) {
      Connection connection = pool.take();
      if (connection == null) {
        return;
      }
      sendWaiting(connection);
    }
  }

  private void sendWaiting(Connection connection) {
    try {
      connection.arm(requests.message());
    } catch (IOException _) {
      close(connection);
      return;
    }
    int number = requests.pollWaiting();
    if (!connection.commit(number, requests.sentNanos(number, System.nanoTime()))) {
      requests.returnWaiting(number);
      return;
    }
    try {
      if (!connection.flush()) {
        unfinished(connection, number);
      }
    } catch (IOException _) {
      end(connection, "reset");
    }
  }

  /// Closes connections that were still opening when the last request ended; a thread that brings
  /// one later calls this itself.
  private void closeLate() {
    LoopMessage note = notes.poll();
    while (note != null) {
      if (note instanceof LoopMessage.Opened(Transport transport, long _)) {
        new Connection(transport, parsers.get()).close();
      }
      note = notes.poll();
    }
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException _) {
      // Nothing needs it any more.
    }
  }
}
