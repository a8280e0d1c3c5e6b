package dev.weir.console.web;

import dev.weir.console.action.ActionException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Does what takes a while off the event loop: a few at once, others wait their turn, each for a
/// bounded time.
final class ActionRunner implements AutoCloseable {
  private final ExecutorService threads;
  private final Duration limit;
  private final Semaphore waiting;
  private final Semaphore running;

  /// @param limit how long one may wait and run
  ActionRunner(String name, int runningMax, int waitingMax, Duration limit) {
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    running = new Semaphore(runningMax);
    waiting = new Semaphore(waitingMax);
    this.limit = limit;
  }

  /// Replies with what `work` gives, or with why it gave nothing.
  void run(Exchange exchange, Work work) {
    if (!waiting.tryAcquire()) {
      exchange.reply(busy());
      return;
    }
    var replied = new AtomicBoolean();
    var worker = new AtomicReference<@Nullable Thread>();
    threads.execute(() -> {
      worker.set(Thread.currentThread());
      Reply reply = turn(work);
      if (replied.compareAndSet(false, true)) {
        exchange.reply(reply);
      }
    });
    Future<?> watch =
        exchange
            .channel()
            .eventLoop()
            .schedule(
                () -> {
                  if (replied.compareAndSet(false, true)) {
                    interrupt(worker.get());
                    exchange.reply(Reply.error(504, "this took too long and was given up"));
                  }
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    exchange.atReply(() -> watch.cancel(false));
  }

  /// The thread serves one piece of work, so that nothing else can be interrupted.
  private static void interrupt(@Nullable Thread worker) {
    if (worker != null) {
      worker.interrupt();
    }
  }

  private Reply turn(Work work) {
    try {
      if (!running.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return busy();
      }
      try {
        return work.reply();
      } finally {
        running.release();
      }
    } catch (ActionException e) {
      return Reply.error(e.status(), e.line());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return busy();
    } catch (RuntimeException e) {
      return Reply.error(500, "this failed inside the console: " + e.getClass().getSimpleName());
    } finally {
      waiting.release();
    }
  }

  private static Reply busy() {
    return Reply.error(503, "the console is busy; try again").with("Retry-After", "1");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /// Gives a response, perhaps after a while.
  interface Work {
    Reply reply() throws ActionException;
  }
}
