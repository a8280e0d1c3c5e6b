package dev.weir.console.wire;

import dev.weir.console.model.Delta;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A part of the history: a whole picture, and the changes after it.
final class HistoryBlock {
  private static final long STEP_BYTES = 64;

  private final long fromMillis;
  private final byte[] whole;
  private final byte[] dictionary;
  private final List<Step> steps = new ArrayList<>();
  private long stepBytes;

  HistoryBlock(Picture picture) {
    fromMillis = picture.epochMillis();
    byte[] text = Packing.text(picture.since(Picture.EMPTY));
    whole = Packing.pack(text, Packing.NO_DICTIONARY);
    dictionary = Packing.dictionary(text);
  }

  long fromMillis() {
    return fromMillis;
  }

  long bytes() {
    return whole.length + dictionary.length + stepBytes;
  }

  /// Whether a new whole picture costs at most half of what the changes so far did.
  boolean isFull() {
    return stepBytes > 2L * (whole.length + dictionary.length);
  }

  void add(Delta delta) {
    byte[] packed = Packing.pack(Packing.text(delta), dictionary);
    steps.add(new Step(delta.epochMillis(), packed));
    stepBytes += packed.length + STEP_BYTES;
  }

  /// The picture at a time in or after this part.
  Picture at(long epochMillis) {
    var entities = new TreeMap<String, Entity>();
    Packing.apply(Packing.unpack(whole, Packing.NO_DICTIONARY), entities);
    long shown = fromMillis;
    for (Step step : steps) {
      if (step.epochMillis > epochMillis) {
        break;
      }
      Packing.apply(Packing.unpack(step.packed, dictionary), entities);
      shown = step.epochMillis;
    }
    return new Picture(shown, entities);
  }

  /// One change.
  private static final class Step {
    final long epochMillis;
    final byte[] packed;

    Step(long epochMillis, byte[] packed) {
      this.epochMillis = epochMillis;
      this.packed = packed;
    }
  }
}
