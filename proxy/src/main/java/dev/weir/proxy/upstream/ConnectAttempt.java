package dev.weir.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens one connection to a replica with one or several addresses. It tries the next address when
/// the last failed or was silent for a while, and takes the first that accepts (RFC 8305, with the
/// address families alternating).
///
/// It runs on the event loop. Netty may report an outcome on another thread: a socket that cannot
/// be created for lack of descriptors fails on a thread outside the loop.
///
/// @param <H> the connection's handler
public final class ConnectAttempt<H extends ChannelHandler> {
  /// How long to wait for an address before also trying the next one.
  private static final long HEAD_START_MILLIS = 100;

  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final Supplier<H> handlers;
  private final Outcome<H> outcome;
  private List<InetSocketAddress> addresses = List.of();
  private int tried;
  private int pending;
  private boolean decided;
  private @Nullable Throwable failure;

  /// @param bootstrap where and how to connect, without the address and the handler
  /// @param handlers makes one for each address
  ConnectAttempt(Bootstrap bootstrap, EventLoop loop, Supplier<H> handlers, Outcome<H> outcome) {
    this.bootstrap = bootstrap;
    this.loop = loop;
    this.handlers = handlers;
    this.outcome = outcome;
  }

  /// Tries these addresses, at least one.
  void begin(List<InetSocketAddress> all) {
    addresses = all;
    onLoop(this::next);
  }

  /// No address is known.
  void fail(Throwable cause) {
    onLoop(() -> outcome.failed(cause));
  }

  private void next() {
    InetSocketAddress address = addresses.get(tried++);
    int here = tried;
    pending++;
    H handler = handlers.get();
    ChannelFuture opening = bootstrap.clone().handler(handler).connect(address);
    var _ = opening.addListener(_ -> onLoop(() -> ended(opening, handler)));
    if (here < addresses.size()) {
      var _ = loop.schedule(() -> hurry(here), HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void hurry(int seen) {
    if (!decided && tried == seen) {
      next();
    }
  }

  private void ended(ChannelFuture opening, H handler) {
    pending--;
    if (opening.isSuccess()) {
      accepted(opening, handler);
    } else if (!decided) {
      failure = opening.cause();
      if (tried < addresses.size()) {
        next();
      } else if (pending == 0) {
        decided = true;
        outcome.failed(failure);
      }
    }
  }

  private void accepted(ChannelFuture opening, H handler) {
    if (decided) {
      var _ = opening.channel().close();
    } else {
      decided = true;
      outcome.opened(handler);
    }
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  /// The order in which to try the addresses of a name: the families alternate, beginning with the
  /// first one's.
  static List<InetSocketAddress> inTurns(List<InetSocketAddress> all) {
    Class<?> family = all.getFirst().getAddress().getClass();
    var first = all.stream().filter(one -> family.isInstance(one.getAddress())).toList();
    var second = all.stream().filter(one -> !family.isInstance(one.getAddress())).toList();
    var turns = new ArrayList<InetSocketAddress>();
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      first.stream().skip(i).findFirst().ifPresent(turns::add);
      second.stream().skip(i).findFirst().ifPresent(turns::add);
    }
    return turns;
  }

  /// Gets the result of a connection on the event loop, once.
  ///
  /// @param <H> the connection's handler
  public interface Outcome<H> {
    void opened(H handler);

    void failed(Throwable cause);
  }
}
