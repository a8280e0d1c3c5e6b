package dev.weir.console.model;

import java.util.List;

/// What changed between two pictures.
///
/// @param fromMillis when the earlier picture was
/// @param epochMillis when the later picture is
/// @param set entities that are new or changed, sorted by key
/// @param removed keys of entities that are gone, sorted
public record Delta(long fromMillis, long epochMillis, List<Entity> set, List<String> removed) {
  public Delta {
    set = List.copyOf(set);
    removed = List.copyOf(removed);
  }

  /// Whether both pictures show the same.
  public boolean isEmpty() {
    return set.isEmpty() && removed.isEmpty();
  }
}
