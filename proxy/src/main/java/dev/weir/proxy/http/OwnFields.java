package dev.weir.proxy.http;

import java.util.Locale;

/// What the proxy itself says of a replica's response, in fields of its own.
///
/// @param servedBy the replica's name, for `X-Served-By`; empty for no such field
/// @param cold the value of `X-Weir-Cold`; empty for no such field
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record OwnFields(byte[] servedBy, byte[] cold) {
  private static final byte[] NOTHING = {};

  /// It says nothing.
  public static final OwnFields NONE = new OwnFields(NOTHING, NOTHING);

  /// The fields of a response that did not wait for a cold start.
  public static OwnFields servedBy(byte[] replica) {
    return new OwnFields(replica, NOTHING);
  }

  /// The same for a response that waited for its replica to start, for so long.
  public OwnFields withCold(double seconds) {
    return new OwnFields(servedBy, Bytes.of(String.format(Locale.ROOT, "%.1f", seconds)));
  }
}
