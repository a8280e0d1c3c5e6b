package dev.weir.cluster.form;

import java.nio.charset.StandardCharsets;

/// An image with nothing but a folder: its containers run the programs of their machine, which are
/// mounted read-only. So a check needs no registry.
final class EmptyImage {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;

  private EmptyImage() {}

  /// An archive in the format of tar, with one folder.
  static byte[] archive() {
    byte[] archive = new byte[3 * BLOCK];
    put(archive, 0, "check/");
    put(archive, 100, "0000755");
    put(archive, 108, "0000000");
    put(archive, 116, "0000000");
    put(archive, 124, "00000000000");
    put(archive, 136, "00000000000");
    put(archive, CHECKSUM_AT, "        ");
    put(archive, 156, "5");
    put(archive, 257, "ustar");
    put(archive, 263, "00");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += archive[i];
    }
    put(archive, CHECKSUM_AT, String.format("%06o", sum));
    archive[CHECKSUM_AT + 6] = 0;
    return archive;
  }

  private static void put(byte[] archive, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, archive, at, bytes.length);
  }
}
