package dev.weir.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The fields of one head, in their order: ranges of the array that the head was read into.
abstract class FieldTable {
  private static final int FIELDS_FIRST = 24;
  private static final int FIELDS_KEPT_MAX = 256;
  private static final int INTS_PER_FIELD = 4;
  private static final int BYTES_PER_FIELD = 4 * INTS_PER_FIELD + 8;
  private static final int PARKED_FIELDS = 4;
  private static final int NAME_END = 1;
  private static final int VALUE_START = 2;
  private static final int VALUE_END = 3;

  byte[] bytes = {};

  private FieldName[] names = new FieldName[FIELDS_FIRST];
  private int[] ranges = new int[INTS_PER_FIELD * FIELDS_FIRST];
  private int fieldCount;

  /// Forgets all fields, and frees the memory of an unusually large number.
  final void clearFields() {
    if (names.length > FIELDS_KEPT_MAX) {
      names = new FieldName[FIELDS_FIRST];
      ranges = new int[INTS_PER_FIELD * FIELDS_FIRST];
    }
    fieldCount = 0;
  }

  final void add(FieldName name, int start, int nameEnd, int valueStart, int valueEnd) {
    if (fieldCount == names.length) {
      names = Arrays.copyOf(names, fieldCount * 2);
      ranges = Arrays.copyOf(ranges, ranges.length * 2);
    }
    int at = fieldCount * INTS_PER_FIELD;
    ranges[at] = start;
    ranges[at + NAME_END] = nameEnd;
    ranges[at + VALUE_START] = valueStart;
    ranges[at + VALUE_END] = valueEnd;
    names[fieldCount++] = name;
  }

  /// Forgets the field added last.
  final void dropLast() {
    fieldCount--;
  }

  /// Gives the field added last another value.
  final void valueOfLast(int start, int end) {
    int at = (fieldCount - 1) * INTS_PER_FIELD;
    ranges[at + VALUE_START] = start;
    ranges[at + VALUE_END] = end;
  }

  final int fieldCount() {
    return fieldCount;
  }

  final FieldName name(int field) {
    return names[field];
  }

  final int nameStart(int field) {
    return ranges[field * INTS_PER_FIELD];
  }

  final int nameEnd(int field) {
    return ranges[field * INTS_PER_FIELD + NAME_END];
  }

  /// The bytes of the head from `start` to before `end`, as text.
  public final String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  public final int valueStart(int field) {
    return ranges[field * INTS_PER_FIELD + VALUE_START];
  }

  public final int valueEnd(int field) {
    return ranges[field * INTS_PER_FIELD + VALUE_END];
  }

  /// Frees memory that no field uses.
  final void parkFields() {
    int kept = Math.max(PARKED_FIELDS, fieldCount);
    if (kept < names.length) {
      names = Arrays.copyOf(names, kept);
      ranges = Arrays.copyOf(ranges, kept * INTS_PER_FIELD);
    }
  }

  /// How many bytes its table takes.
  final int fieldBytes() {
    return names.length * BYTES_PER_FIELD;
  }
}
