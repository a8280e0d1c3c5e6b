package dev.weir.console.wire;

import java.nio.charset.StandardCharsets;

/// An event of the stream, as its bytes. It is made once and shared by all viewers.
public final class Frame {
  private final String id;
  private final byte[] bytes;

  Frame(String id, String kind, String data) {
    this.id = id;
    this.bytes =
        "id: %s\nevent: %s\ndata: "
            .formatted(id, kind)
            .concat(data)
            .concat("\n\n")
            .getBytes(StandardCharsets.UTF_8);
  }

  /// The name by which a viewer who comes back says what it saw last.
  public String id() {
    return id;
  }

  /// The bytes; nobody changes them.
  public byte[] bytes() {
    return bytes;
  }

  /// How many bytes there are.
  public int size() {
    return bytes.length;
  }
}
