package dev.weir.load.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of replicas, each kept once. They come from a response header, so their number and
/// length are bounded.
///
/// Used by the response loop's thread; [#notes] may be asked once that has ended.
public final class ReplicaNames {
  public static final int NAMES_MAX = 1_000;

  /// The common name of all further replicas.
  public static final String OTHERS = "(others)";

  private final Map<String, String> known = new HashMap<>();
  private boolean overflowed;
  private boolean cut;

  /// The name to record for a replica.
  ///
  /// @param wasCut whether the header was longer
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

  /// What was left out, one line each.
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
