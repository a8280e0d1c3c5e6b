package dev.weir.console.wire;

import dev.weir.base.JsonText;
import dev.weir.console.model.Delta;
import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.util.Collection;

/// Pictures and what changed in them as JSON.
public final class PictureJson {
  private PictureJson() {}

  /// `{"t":ms,"set":{"key":{…}}}`
  public static String of(Picture picture) {
    return whole(picture, "");
  }

  static String snapshot(Picture picture, String id) {
    return whole(picture, ",\"id\":" + string(id));
  }

  static String delta(Delta delta) {
    var out = new StringBuilder("{\"t\":").append(delta.epochMillis());
    set(out, delta.set());
    out.append(",\"del\":").append(JsonText.of(delta.removed()).strip());
    return out.append('}').toString();
  }

  private static String whole(Picture picture, String more) {
    var out = new StringBuilder("{\"t\":").append(picture.epochMillis()).append(more);
    set(out, picture.entities().values());
    return out.append('}').toString();
  }

  private static void set(StringBuilder out, Collection<Entity> entities) {
    String before = ",\"set\":{";
    for (Entity entity : entities) {
      out.append(before).append(string(entity.key())).append(':').append(entity.json());
      before = ",";
    }
    out.append(entities.isEmpty() ? before + "}" : "}");
  }

  private static String string(String text) {
    return JsonText.of(text).strip();
  }
}
