package dev.weir.load.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names by which replicas call themselves, each kept once. They come from a header, and so
/// from anyone: their number is bounded as their length is.
///
/// Used by the response loop's thread; [#notes] may be asked once that has ended.
public final class ReplicaNames {
  public static final int NAMES_MAX = 1_000;

  /// What all further replicas are called together.
  public static final String OTHERS = "(others)";

  private final Map<String, String> known = new HashMap<>();
  private boolean overflowed;
  private boolean cut;

  /// The name to be kept for one.
  ///
  /// @param wasCut whether the header said more
  public String kept(String name, boolean wasCut) {
    cut |= wasCut;
    String same = known.get(name);
    if (same != null || name.isEmpty()) {
      return same == null ? "" : same;
    }
    if (known.size() >= NAMES_MAX) {
      overflowed = true;
      return OTHERS;
    }
    known.put(name, name);
    return name;
  }

  /// What was left out, a line each.
  public List<String> notes() {
    var notes = new ArrayList<String>();
    if (overflowed) {
      notes.add(
          "more than %,d replicas named themselves: the rest are counted as %s"
              .formatted(NAMES_MAX, OTHERS));
    }
    if (cut) {
      notes.add(
          "names of replicas longer than %d bytes are cut"
              .formatted(ResponseHead.REPLICA_BYTES_MAX));
    }
    return notes;
  }
}
