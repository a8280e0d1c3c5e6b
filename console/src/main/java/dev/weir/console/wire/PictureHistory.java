package dev.weir.console.wire;

import dev.weir.console.model.Delta;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.TreeMap;

/// What was published in the last hour, compressed: whole pictures now and then, and the changes
/// between them. Thread-safe.
///
/// Figures that always move are kept at intervals. All else is exact.
public final class PictureHistory {
  private final HistorySettings settings;
  private final ArrayDeque<HistoryBlock> blocks = new ArrayDeque<>();
  private Picture published = Picture.EMPTY;
  private final TreeMap<String, Entity> kept = new TreeMap<>();
  private long figuresMillis;
  private long toMillis;

  /// Keeps as much as the settings say.
  public PictureHistory(HistorySettings settings) {
    this.settings = settings;
  }

  /// Keeps what changed. A picture that is older than the last one counts as made at its time.
  public synchronized void add(Picture next) {
    toMillis = Math.max(toMillis, next.epochMillis());
    boolean withFigures = toMillis - figuresMillis >= settings.figures().toMillis();
    Delta delta = withFigures ? sinceKept(next) : withoutFigures(next.since(published));
    published = next;
    figuresMillis = withFigures ? toMillis : figuresMillis;
    if (!delta.isEmpty() || blocks.isEmpty()) {
      delta.removed().forEach(kept::remove);
      delta.set().forEach(entity -> kept.put(entity.key(), entity));
      keep(delta);
    }
    forget();
  }

  private Delta sinceKept(Picture next) {
    Delta all = next.since(new Picture(toMillis, kept));
    return new Delta(toMillis, toMillis, all.set(), all.removed());
  }

  private Delta withoutFigures(Delta all) {
    var set = all.set().stream().filter(this::matters).toList();
    return new Delta(toMillis, toMillis, set, all.removed());
  }

  private boolean matters(Entity entity) {
    Entity before = kept.get(entity.key());
    return before == null || Figures.differBeyond(before, entity);
  }

  private void keep(Delta delta) {
    if (blocks.isEmpty() || blocks.getLast().isFull()) {
      blocks.addLast(new HistoryBlock(new Picture(toMillis, kept)));
    } else {
      blocks.getLast().add(delta);
    }
  }

  private void forget() {
    long from = toMillis - settings.span().toMillis();
    while (blocks.size() > 1 && (second().fromMillis() <= from || bytes() > settings.bytesMax())) {
      blocks.removeFirst();
    }
  }

  private HistoryBlock second() {
    return blocks.stream().skip(1).findFirst().orElseThrow();
  }

  /// The last picture at or before a time. Of a time before the first one, the first one; empty if
  /// there is none yet.
  public synchronized Optional<Picture> at(long epochMillis) {
    HistoryBlock found = blocks.peekFirst();
    if (found == null) {
      return Optional.empty();
    }
    for (HistoryBlock block : blocks) {
      found = block.fromMillis() <= epochMillis ? block : found;
    }
    return Optional.of(found.at(epochMillis));
  }

  /// From when to when; empty if there is nothing yet.
  public synchronized Optional<Span> span() {
    HistoryBlock first = blocks.peekFirst();
    return first == null
        ? Optional.empty()
        : Optional.of(
            new Span(
                Math.max(first.fromMillis(), toMillis - settings.span().toMillis()), toMillis));
  }

  /// How many bytes are kept.
  public synchronized long bytes() {
    return blocks.stream().mapToLong(HistoryBlock::bytes).sum();
  }

  /// A part of time.
  ///
  /// @param from in epoch milliseconds
  /// @param to in epoch milliseconds
  public record Span(long from, long to) {}
}
