package dev.weir.proxy.http;

import dev.weir.base.Checks;

/// How large the head of a request or response may be. A larger head from a client gets a 414 or
/// 431; from a replica, a 502.
///
/// @param lineBytes the longest line, its end included: 1 KiB to 1 MiB
/// @param fields how many header fields it may have: 16 to 10,000
/// @param headBytes the largest head in all: 1 KiB to 4 MiB, and at least a line
public record HeadLimits(int lineBytes, int fields, int headBytes) {
  /// Lines of 16 KiB, 128 fields, 64 KiB in all.
  public static final HeadLimits DEFAULTS = new HeadLimits(16 << 10, 128, 64 << 10);

  private static final int BYTES_MIN = 1 << 10;
  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final int HEAD_BYTES_MAX = 4 << 20;
  private static final int FIELDS_MIN = 16;
  private static final int FIELDS_MAX = 10_000;

  public HeadLimits {
    Checks.check(
        lineBytes >= BYTES_MIN && lineBytes <= LINE_BYTES_MAX,
        "--head-line-max",
        lineBytes,
        "1024 to 1048576 bytes");
    Checks.check(
        fields >= FIELDS_MIN && fields <= FIELDS_MAX, "--head-fields-max", fields, "16 to 10000");
    Checks.check(
        headBytes >= BYTES_MIN && headBytes <= HEAD_BYTES_MAX,
        "--head-max",
        headBytes,
        "1024 to 4194304 bytes");
    Checks.check(
        headBytes >= lineBytes,
        "--head-max",
        headBytes,
        "at least --head-line-max, which is " + lineBytes);
  }
}
