package dev.weir.store.mongo;

import com.mongodb.MongoException;
import dev.weir.base.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Uploads a run folder into MongoDB while it is recorded, on its own thread. The folder comes
/// first: if the database is away, slow or refuses, the upload only falls behind, and catches up
/// later.
///
/// Close the run's writer first, then the uploader.
public final class MongoUploader implements AutoCloseable {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long BACKOFF_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  /// How long the current turn may continue after the time to close is over.
  private static final Duration LAST_TURN = Duration.ofSeconds(2);

  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final MongoConnection connection;
  private final RunUpload upload;
  private final UploadListener listener;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean overdue;
  private volatile long behind;
  private volatile long shipped;
  private volatile boolean complete;
  private boolean away;
  private long backoffNanos = TURN_NANOS;

  private MongoUploader(Path folder, MongoTarget target, UploadListener listener) {
    this.connection = new MongoConnection(target);
    this.upload = new RunUpload(folder, connection, listener);
    this.listener = listener;
    this.thread =
        Thread.ofPlatform().daemon().name("weir-mongo-" + upload.run()).unstarted(this::follow);
  }

  /// Starts to upload the run in `folder`, which must exist. The database may be away.
  ///
  /// @throws UserError if the folder is not a run
  public static MongoUploader start(Path folder, MongoTarget target, UploadListener listener) {
    var uploader = new MongoUploader(folder, target, listener);
    uploader.thread.start();
    return uploader;
  }

  /// How many records are in the folder but not yet in the database, as of the last look.
  public long behind() {
    return behind;
  }

  /// How many records are in the database.
  public long shipped() {
    return shipped;
  }

  /// Whether the database has confirmed at the end that it has all records of the run.
  public boolean isComplete() {
    return complete;
  }

  /// Uploads the rest, for at most `max`, and reports the progress to the listener. Call it after
  /// closing the run's writer. Closing again has no effect.
  ///
  /// @return how many records are still missing
  public long close(Duration max) {
    lock.lock();
    try {
      closing = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    join(max);
    overdue = true;
    join(LAST_TURN);
    if (thread.isAlive()) {
      thread.interrupt();
      join(LAST_TURN);
    }
    connection.close();
    if (!thread.isAlive()) {
      lookAgain();
    }
    return behind;
  }

  /// Looks for records after the thread's last look, such as all that follow a refusal.
  private synchronized void lookAgain() {
    try {
      upload.survey();
      count();
    } catch (UserError e) {
      listener.refused(String.valueOf(e.getMessage()));
    }
  }

  /// Closes within ten seconds.
  @Override
  public void close() {
    close(CLOSE);
  }

  private void follow() {
    boolean last = false;
    try {
      while (!overdue && !last) {
        // The turn after closing sees everything that was recorded before.
        last = closing;
        last = turn(last) && last;
        if (!last) {
          pause();
        }
      }
    } catch (DatabaseException | UserError e) {
      listener.refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      listener.refused(
          "%s: shipping stopped by a defect: %s; 'weir runs export' brings the rest"
              .formatted(connection.target(), e));
      throw e;
    } finally {
      count();
    }
  }

  /// Uploads what is known; returns whether all of it is there.
  private boolean turn(boolean last) {
    upload.survey();
    count();
    try {
      upload.turn(this::isInterrupted);
      if (last && upload.behind() == 0) {
        upload.finish();
        complete = true;
      }
      count();
      isBack();
    } catch (MongoException e) {
      isAway(e);
      return false;
    }
    return upload.behind() == 0;
  }

  private boolean isInterrupted() {
    count();
    return overdue;
  }

  private void count() {
    behind = upload.behind();
    shipped = upload.shipped();
  }

  private void isAway(MongoException e) {
    upload.doubt();
    backoffNanos = Math.min(2 * backoffNanos, BACKOFF_NANOS_MAX);
    if (!away && !overdue) {
      away = true;
      listener.away(String.valueOf(connection.explained(e).getMessage()));
    }
  }

  private void isBack() {
    backoffNanos = TURN_NANOS;
    if (away) {
      away = false;
      listener.back(behind);
    }
  }

  private void pause() {
    lock.lock();
    try {
      long left = closing ? Math.min(backoffNanos, TURN_NANOS) : backoffNanos;
      boolean wasClosing = closing;
      while (left > 0 && closing == wasClosing && !overdue) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      overdue = true;
    } finally {
      lock.unlock();
    }
  }

  private void join(Duration max) {
    boolean interrupted = false;
    try {
      thread.join(max);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      overdue = true;
      Thread.currentThread().interrupt();
    }
  }
}
