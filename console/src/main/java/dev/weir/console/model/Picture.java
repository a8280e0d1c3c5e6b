package dev.weir.console.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that the page shows at one instant. Immutable.
///
/// @param epochMillis when
/// @param entities by their keys
public record Picture(long epochMillis, SortedMap<String, Entity> entities) {
  /// Nothing is known yet.
  public static final Picture EMPTY = new Picture(0, new TreeMap<>());

  public Picture {
    entities = Collections.unmodifiableSortedMap(new TreeMap<>(entities));
  }

  /// A picture of these entities; of two with the same key, the last one stays.
  public static Picture of(long epochMillis, Collection<Entity> entities) {
    var byKey = new TreeMap<String, Entity>();
    entities.forEach(entity -> byKey.put(entity.key(), entity));
    return new Picture(epochMillis, byKey);
  }

  /// What changed since an earlier picture.
  public Delta since(Picture before) {
    var set = new ArrayList<Entity>();
    var removed = new ArrayList<String>();
    Iterator<Entity> olds = before.entities.values().iterator();
    Entity old = next(olds);
    for (Entity now : entities.values()) {
      while (old != null && old.key().compareTo(now.key()) < 0) {
        removed.add(old.key());
        old = next(olds);
      }
      boolean isKnown = old != null && old.key().equals(now.key());
      if (!isKnown || !now.equals(old)) {
        set.add(now);
      }
      old = isKnown ? next(olds) : old;
    }
    for (; old != null; old = next(olds)) {
      removed.add(old.key());
    }
    return new Delta(before.epochMillis, epochMillis, List.copyOf(set), List.copyOf(removed));
  }

  /// The picture after a change.
  public Picture with(Delta delta) {
    var after = new TreeMap<>(entities);
    delta.removed().forEach(after::remove);
    delta.set().forEach(entity -> after.put(entity.key(), entity));
    return new Picture(delta.epochMillis(), after);
  }

  private static @Nullable Entity next(Iterator<Entity> entities) {
    return entities.hasNext() ? entities.next() : null;
  }
}
