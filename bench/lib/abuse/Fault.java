/// What a bad replica does in place of a response. In paths and commands its name is in lower case
/// with hyphens.
enum Fault {
  NONE,
  /// Accepts, reads, and never responds.
  SILENT,
  /// Reads no more, as a process that hangs.
  STALL,
  RESET,
  /// Sends random bytes and closes.
  GARBAGE,
  /// A byte of the head each 100 ms.
  DRIP_HEAD,
  ENDLESS_HEADERS,
  /// Interim responses without end.
  ENDLESS_1XX,
  ENDLESS_BODY,
  /// The head of a response, and no more.
  STALL_BODY,
  /// Half of the body that the head promised, and the end of the connection.
  MID_CLOSE;

  /// @return the fault of that name
  static Fault named(String text) {
    return valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }
}
