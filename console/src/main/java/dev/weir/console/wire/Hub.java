package dev.weir.console.wire;

import dev.weir.console.model.Delta;
import dev.weir.console.model.Picture;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes pictures in and makes the events of the stream: a snapshot, then deltas. Each event is
/// made once for all viewers. Thread-safe.
///
/// The server decides when an event goes out, with [#advance]; pictures published in between are
/// merged.
public final class Hub {
  private static final int REPLAY_MAX = 240;
  private static final long REPLAY_BYTES_MAX = 4 << 20;

  private final String epoch;
  private final PictureHistory history;
  private final ReplayRing ring = new ReplayRing(REPLAY_MAX, REPLAY_BYTES_MAX);
  private Picture sent = Picture.EMPTY;
  private long number;
  private long framesMade;
  private @Nullable Frame snapshot;
  private @Nullable Runnable listener;
  private volatile Picture latest = Picture.EMPTY;

  /// @param epoch differs from that of every earlier process, such as the start's time
  /// @param history keeps what is published
  public Hub(long epoch, PictureHistory history) {
    this.epoch = Long.toString(epoch, Character.MAX_RADIX);
    this.history = history;
  }

  /// A hub of a new process, which keeps an hour.
  public static Hub ofHour() {
    return new Hub(System.currentTimeMillis(), new PictureHistory(HistorySettings.hour()));
  }

  /// Shows a newer picture. At most two changes a second go out; those in between are merged.
  public void publish(Picture next) {
    history.add(next);
    latest = next;
    Runnable told = listener();
    if (told != null) {
      told.run();
    }
  }

  private synchronized @Nullable Runnable listener() {
    return listener;
  }

  /// The last picture published.
  public Picture latest() {
    return latest;
  }

  /// What was published in the last hour.
  public PictureHistory history() {
    return history;
  }

  /// Calls `next` on the publisher's thread after each picture; null ends that.
  public synchronized void onPublish(@Nullable Runnable next) {
    listener = next;
  }

  /// The delta from what went out last to the last picture; empty if nothing changed.
  public synchronized Optional<Frame> advance() {
    Picture next = latest;
    Delta delta = next.since(sent);
    sent = next;
    if (delta.isEmpty()) {
      return Optional.empty();
    }
    number++;
    snapshot = null;
    Frame frame = frame("delta", PictureJson.delta(delta));
    ring.add(frame);
    return Optional.of(frame);
  }

  /// Everything that went out so far, as one event.
  public synchronized Frame snapshot() {
    Frame made = snapshot;
    if (made == null) {
      made = frame("snapshot", PictureJson.snapshot(sent, id()));
      snapshot = made;
    }
    return made;
  }

  /// What a viewer lacks that saw `lastId` last: the deltas since then, which may be none; empty if
  /// it needs a snapshot.
  public synchronized Optional<List<Frame>> missed(String lastId) {
    String start = epoch + "-";
    String digits = lastId.startsWith(start) ? lastId.substring(start.length()) : "";
    return digits.matches("[0-9]{1,15}") ? ring.after(Long.parseLong(digits)) : Optional.empty();
  }

  /// How many events were made so far.
  public synchronized long framesMade() {
    return framesMade;
  }

  private Frame frame(String kind, String data) {
    framesMade++;
    return new Frame(id(), kind, data);
  }

  private String id() {
    return epoch + "-" + number;
  }
}
