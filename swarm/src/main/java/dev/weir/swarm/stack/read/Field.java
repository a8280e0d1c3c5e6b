package dev.weir.swarm.stack.read;

import org.jspecify.annotations.Nullable;

/// One key of a Compose file: how its spellings become one form, and how a later file's value joins
/// an earlier one's.
///
/// In that form what is empty is absent (null), unless empty says something of its own: zero
/// replicas are not the same as none given. The merge follows from that: what a file does not say
/// it does not override.
interface Field {
  /// The one form of a value, null for nothing said; problems go to `trouble`.
  @Nullable Object read(Object value, FileProblems fileProblems, String path);

  /// Joins what a later file says to what the files before said.
  ///
  /// @param base what the files before say
  /// @param over what this file says; null for nothing
  default Object merge(Object base, @Nullable Object over) {
    return over == null ? base : over;
  }
}
