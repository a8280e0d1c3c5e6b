package dev.weir.proxy.http;

/// The fields that a message's Connection field names: they are for this hop only and are not
/// forwarded.
final class ConnectionOptions {
  private static final byte[] CLOSE = Bytes.of("close");
  private static final byte[] KEEP_ALIVE = Bytes.of("keep-alive");
  private static final byte[] UPGRADE = Bytes.of("upgrade");

  private ConnectionOptions() {}

  /// Whether Connection may name other fields.
  static boolean areIn(HeadParser head) {
    for (int field = 0; field < head.fieldCount(); field++) {
      if (head.name(field) == FieldName.CONNECTION && !isPlainOption(head, field)) {
        return true;
      }
    }
    return false;
  }

  /// Whether Connection names a field. Ask only if it may name any.
  static boolean hold(HeadParser head, int field) {
    FieldName named = head.name(field);
    if (isKept(named)) {
      return false;
    }
    for (int other = 0; other < head.fieldCount(); other++) {
      if (head.name(other) == FieldName.CONNECTION && lists(head, other, field)) {
        return true;
      }
    }
    return false;
  }

  /*
   * Nobody may use Connection to remove fields that frame, route or identify a message. Upgrade is
   * always named; other code decides whether to forward it.
   */
  private static boolean isKept(FieldName name) {
    return name == FieldName.HOST
        || name == FieldName.CONTENT_LENGTH
        || name == FieldName.UPGRADE
        || name.carriesForwarding();
  }

  private static boolean isPlainOption(HeadParser head, int field) {
    int start = head.valueStart(field);
    int end = head.valueEnd(field);
    return Bytes.matches(head.bytes, start, end, CLOSE)
        || Bytes.matches(head.bytes, start, end, KEEP_ALIVE)
        || Bytes.matches(head.bytes, start, end, UPGRADE);
  }

  private static boolean lists(HeadParser head, int connection, int field) {
    byte[] bytes = head.bytes;
    int end = head.valueEnd(connection);
    int from = head.valueStart(connection);
    while (from < end) {
      int to = from;
      while (to < end && Bytes.isToken(bytes[to])) {
        to++;
      }
      if (to > from
          && Bytes.sameRange(bytes, from, to, head.nameStart(field), head.nameEnd(field))) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }
}
