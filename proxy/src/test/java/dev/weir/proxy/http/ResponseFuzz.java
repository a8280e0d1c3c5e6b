package dev.weir.proxy.http;

/// Responses, for `bench/fuzz`.
public final class ResponseFuzz {
  private ResponseFuzz() {}

  /// One try.
  public static void fuzzerTestOneInput(byte[] data) {
    FuzzTargets.response(data);
  }
}
