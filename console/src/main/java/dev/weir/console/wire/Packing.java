package dev.weir.console.wire;

import dev.weir.console.model.Delta;
import dev.weir.console.model.Entity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Changes as compressed text: a line for each entity, its key alone if it is gone.
final class Packing {
  static final byte[] NO_DICTIONARY = new byte[0];
  private static final int DICTIONARY_BYTES = 16 << 10;
  private static final int LEVEL = 4;
  private static final int STEP = 8 << 10;

  private Packing() {}

  static byte[] text(Delta delta) {
    var out = new StringBuilder();
    for (Entity entity : delta.set()) {
      out.append(entity.key()).append('\t').append(entity.json()).append('\n');
    }
    delta.removed().forEach(key -> out.append(key).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static void apply(byte[] text, Map<String, Entity> entities) {
    new String(text, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> {
          int tab = line.indexOf('\t');
          if (tab < 0) {
            entities.remove(line);
          } else {
            String key = line.substring(0, tab);
            entities.put(key, new Entity(key, line.substring(tab + 1)));
          }
        });
  }

  /// What later texts have in common with an earlier one, which makes them small.
  static byte[] dictionary(byte[] text) {
    return Arrays.copyOfRange(text, Math.max(0, text.length - DICTIONARY_BYTES), text.length);
  }

  static byte[] pack(byte[] text, byte[] dictionary) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(LEVEL, true)) {
      if (dictionary.length > 0) {
        deflater.setDictionary(dictionary);
      }
      deflater.setInput(text);
      deflater.finish();
      byte[] part = new byte[STEP];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    }
    return out.toByteArray();
  }

  static byte[] unpack(byte[] packed, byte[] dictionary) {
    var out = new ByteArrayOutputStream();
    try (var inflater = new Inflater(true)) {
      if (dictionary.length > 0) {
        inflater.setDictionary(dictionary);
      }
      inflater.setInput(packed);
      byte[] part = new byte[STEP];
      while (!inflater.finished()) {
        out.write(part, 0, inflater.inflate(part));
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("our own memory is unreadable", e);
    }
    return out.toByteArray();
  }
}
