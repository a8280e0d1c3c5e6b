package dev.weir.swarm.stack.read;

import org.jspecify.annotations.Nullable;

/// One key of a Compose file: how to convert its spellings into one form, and how to merge a later
/// file's value with an earlier one's.
///
/// In that form an empty value is null, unless it means something by itself: zero replicas differ
/// from none given. A merge ignores null, so a file overrides only what it mentions.
interface Field {
  /// The one form of a value, or null if it is absent; problems go to `trouble`.
  @Nullable Object read(Object value, FileProblems fileProblems, String path);

  /// Merges a later file's value with the value of the files before.
  ///
  /// @param base the value of the files before
  /// @param over the value of this file; null if absent
  default Object merge(Object base, @Nullable Object over) {
    return over == null ? base : over;
  }
}
