package dev.weir.proxy.http;

/// Requests, for `bench/fuzz`.
public final class RequestFuzz {
  private RequestFuzz() {}

  /// One try.
  public static void fuzzerTestOneInput(byte[] data) {
    FuzzTargets.request(data);
  }
}
