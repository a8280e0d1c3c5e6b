package dev.weir.proxy;

import dev.weir.proxy.client.WorkerClients;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// All workers of a proxy: gives them connections and tasks, and waits for the results.
final class Workers {
  private static final long TASK_MILLIS_MAX = 5000;

  private final List<WorkerClients> all;
  private final Map<EventLoop, WorkerClients> byLoop = new HashMap<>();

  Workers(List<WorkerClients> all) {
    this.all = List.copyOf(all);
    all.forEach(one -> byLoop.put(one.worker().loop(), one));
  }

  List<WorkerClients> all() {
    return all;
  }

  /// Starts the checks for time-outs.
  void start() {
    all.forEach(WorkerClients::start);
  }

  /// Gives a connection that was just accepted to the worker of its event loop.
  void accept(Channel channel) {
    WorkerClients worker = byLoop.get(channel.eventLoop());
    if (worker == null) {
      throw new IllegalStateException("a connection on a foreign event loop");
    }
    worker.accept(channel);
  }

  /// Runs `task` on every event loop. Returns when all have run it, or after five seconds.
  ///
  /// @param whenAllHave runs on the last loop to finish, even if that takes longer
  void onEach(Consumer<WorkerClients> task, Runnable whenAllHave) {
    var done = new CountDownLatch(all.size());
    var left = new AtomicInteger(all.size());
    for (WorkerClients worker : all) {
      worker
          .worker()
          .loop()
          .execute(() -> {
            task.accept(worker);
            if (left.decrementAndGet() == 0) {
              whenAllHave.run();
            }
            done.countDown();
          });
    }
    boolean _ = await(done, TASK_MILLIS_MAX);
  }

  /// Lets requests in flight end, and cuts the rest after `graceMillis`.
  ///
  /// @return whether everything ended by itself
  boolean stop(long graceMillis) {
    all.forEach(one -> one.worker().stopping());
    var empty = new CountDownLatch(all.size());
    for (WorkerClients worker : all) {
      worker.worker().loop().execute(() -> worker.stop(empty::countDown));
    }
    boolean drained = await(empty, graceMillis);
    if (!drained) {
      cutAll();
    }
    return drained;
  }

  /*
   * Cutting ends leases, which may hand requests to other loops, so all loops must still run. A
   * closed connection notifies its exchange in a later task, so this waits for a second task too.
   */
  private void cutAll() {
    var cut = new CountDownLatch(all.size());
    for (WorkerClients worker : all) {
      EventLoop loop = worker.worker().loop();
      loop.execute(() -> {
        worker.cutAll();
        loop.execute(() -> loop.execute(cut::countDown));
      });
    }
    boolean _ = await(cut, TASK_MILLIS_MAX);
  }

  private static boolean await(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
